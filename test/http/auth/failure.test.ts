import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { nearFarBound } from '../../support/far-bound.ts'
import { openMails } from '../../support/mail.ts'
import { logIn, makeShopper, PASSWORD, type Shopper, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { call } = app
const mails = openMails(app)
const second = 1000

const login = async (
  { email }: Pick<Shopper, 'email'>,
  password: string,
  place = '198.51.100.1',
  deviceToken?: string,
) =>
  call('POST', '/auth/login', {
    token: await app.storefrontToken(),
    body: { email, password, ...(deviceToken === undefined ? {} : { deviceToken }) },
    headers: { 'CF-Connecting-IP': place },
  })
const wait = (answer: { headers: Headers }) => Number(answer.headers.get('Retry-After'))
const countOf = async ({ id }: Shopper) => {
  const [rows] = await app.db.run([
    sql`select count from failure where tenant = ${app.tenant} and customer_id = ${id} and alarm is null`,
  ])
  return rows?.[0]?.count ?? 0
}
/** All tries that count. */
const counted = async () => {
  const [rows] = await app.db.run([
    sql`select coalesce(sum(count), 0)::int as n from failure where tenant = ${app.tenant}`,
  ])
  return Number(rows?.[0]?.n)
}
let places = 0
/** A place from which nothing failed yet. */
const elsewhere = () => `198.51.${100 + (++places >> 8)}.${places & 255}`

/** Fails at an account from one place after the other, each for five times, until nobody is let on or it is enough. */
async function failFromEverywhere(shopper: Shopper, most: number): Promise<number> {
  for (let tried = 0; tried < most; ) {
    const place = elsewhere()
    for (let i = 0; i < 5 && tried < most; i++, tried++) {
      if ((await login(shopper, `wrong ${tried}`, place)).status !== 401) return tried
    }
  }
  return most
}

async function reachFarBound(shopper: Shopper): Promise<void> {
  await login(shopper, 'wrong', elsewhere())
  await nearFarBound(app, shopper.id)
  expect((await login(shopper, 'wrong', elsewhere())).status).toBe(401)
}

describe('wrong passwords from everywhere', () => {
  test('are bounded by a hundred an hour at an account, and a device that has logged in before does not notice', async () => {
    const shopper = await makeShopper(app)
    const { deviceToken } = await logIn(app, shopper)
    expect(await failFromEverywhere(shopper, 120)).toBe(100)
    const place = elsewhere()
    const barred = await login(shopper, PASSWORD, place)
    expect([barred.status, barred.body.code]).toEqual([429, 'too_many_attempts'])
    expect(wait(barred)).toBeGreaterThan(3000)
    for (let i = 0; i < 9; i++) {
      expect((await login(shopper, 'typo', place, deviceToken)).status).toBe(401)
    }
    expect((await login(shopper, PASSWORD, place, deviceToken)).status).toBe(200)
    for (let i = 0; i < 10; i++) await login(shopper, 'typo', place, deviceToken)
    expect((await login(shopper, PASSWORD, place, deviceToken)).status).toBe(429)
    app.advance(3600 * second)
    expect((await login(shopper, PASSWORD, place)).status).toBe(200)
  })

  test('do not hold back the place that reset the password, and a wrong or foreign device is a stranger', async () => {
    const [shopper, other] = [await makeShopper(app), await makeShopper(app)]
    const { deviceToken: foreign } = await logIn(app, other)
    const { deviceToken } = await logIn(app, shopper)
    await reachFarBound(shopper)
    const place = elsewhere()
    const made = [foreign, 'dt_x', `${deviceToken}A`, 'rt_', '']
    for (const token of made) {
      expect((await login(shopper, PASSWORD, place, token)).status).toBe(429)
    }
    const { accessToken } = (await login(shopper, PASSWORD, place, deviceToken)).body
    await call('DELETE', '/auth/session', { token: accessToken })
    expect((await login(shopper, PASSWORD, place, deviceToken)).status).toBe(429)
    await call('POST', '/auth/password/forgot', {
      token: await app.storefrontToken(),
      body: { email: shopper.email },
    })
    const { token } = await mails.next(shopper.email)
    const reset = await call('POST', '/auth/password/reset', {
      token: await app.storefrontToken(),
      body: { token, password: 'a new one of its own 7' },
      headers: { 'CF-Connecting-IP': place },
    })
    expect(reset.status).toBe(204)
    // For strangers all is as it was: a reset does not tell of itself, and gives nobody else fresh tries.
    expect((await login(shopper, 'a new one of its own 7', elsewhere())).status).toBe(429)
    for (let i = 0; i < 2; i++) {
      expect((await login(shopper, 'a new one of its own 7', place)).status).toBe(200)
      expect((await login(shopper, 'a guess', elsewhere())).status).toBe(429)
    }
  })
})

describe('wrong passwords', () => {
  test('a hundred at once: at most five are tried, those are counted, the rest wait; the right one works after the delay', async () => {
    const shopper = await makeShopper(app)
    const place = elsewhere()
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => login(shopper, `wrong ${i}`, place)),
    )
    const codes = Map.groupBy(answers, ({ status }) => status)
    const tried = codes.get(401)?.length ?? 0
    // Of one place few find room in the line of hashes; the others were not tried.
    expect([1, 2, 3, 4, 5]).toContain(tried)
    expect(codes.get(429)).toHaveLength(100 - tried)
    expect(await countOf(shopper)).toBe(tried)
    for (let i = tried; i < 5; i++) expect((await login(shopper, 'wrong', place)).status).toBe(401)
    const soon = await login(shopper, PASSWORD, place)
    expect([soon.status, soon.body.code]).toEqual([429, 'too_many_attempts'])
    app.advance(wait(soon) * second)
    expect((await login(shopper, PASSWORD, place)).status).toBe(200)
    expect(await countOf(shopper)).toBe(0)
  })

  test('make each next one wait twice as long, up to a quarter of an hour', async () => {
    const shopper = await makeShopper(app)
    const place = elsewhere()
    for (let i = 0; i < 4; i++) await login(shopper, 'wrong', place)
    const waits: number[] = []
    for (let i = 0; i < 13; i++) {
      expect((await login(shopper, 'wrong', place)).status).toBe(401)
      const answer = await login(shopper, PASSWORD, place)
      waits.push(wait(answer))
      app.advance(wait(answer) * second)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
    expect((await login(shopper, PASSWORD, elsewhere())).status).toBe(200)
  })

  test('are counted for addresses that nobody has just the same', async () => {
    const nobody = { email: someAddress() }
    const place = elsewhere()
    const codes = []
    for (let i = 0; i < 7; i++) codes.push((await login(nobody, `wrong ${i}`, place)).status)
    expect(codes).toEqual([401, 401, 401, 401, 401, 429, 429])
  })

  test('are forgotten after a day', async () => {
    const shopper = await makeShopper(app)
    const place = elsewhere()
    for (let i = 0; i < 4; i++) await login(shopper, `wrong ${i}`, place)
    app.advance(86_401 * second)
    for (let i = 0; i < 4; i++) await login(shopper, `wrong ${i}`, place)
    expect(await countOf(shopper)).toBe(4)
    expect((await login(shopper, PASSWORD, place)).status).toBe(200)
  })

  test('from one place are slowed down over all accounts, and from another place not', async () => {
    const place = elsewhere()
    const codes = new Set<number>()
    for (let i = 0; i < 20; i++)
      codes.add((await login({ email: someAddress() }, 'x', place)).status)
    expect([...codes]).toEqual([401])
    const shopper = await makeShopper(app)
    expect((await login(shopper, PASSWORD, place)).body.code).toBe('too_many_attempts')
    expect((await login(shopper, PASSWORD, elsewhere())).status).toBe(200)
    app.advance(60 * second)
    expect((await login(shopper, PASSWORD, place)).status).toBe(200)
  })

  test('a hundred at once from one place, each for another account: at most twenty are tried and counted, the rest wait', async () => {
    const place = elsewhere()
    const first = await counted()
    await login({ email: someAddress() }, 'x', place)
    const before = await counted()
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => login({ email: someAddress() }, 'x', place)),
    )
    const codes = Map.groupBy(answers, ({ status }) => status)
    const tried = codes.get(401)?.length ?? 0
    expect(tried).toBeGreaterThan(0)
    expect(tried).toBeLessThanOrEqual(19)
    expect(codes.get(429)).toHaveLength(100 - tried)
    // What found no room in the line of hashes was not tried.
    expect(await counted()).toBe(before + (before - first) * tried)
  })

  test('from a shared place fade by one a minute, however many log in there', async () => {
    const place = elsewhere()
    for (let i = 0; i < 18; i++) await login({ email: someAddress() }, 'x', place)
    const shopper = await makeShopper(app)
    for (let i = 0; i < 20; i++) {
      app.advance(31 * second)
      expect((await login(shopper, PASSWORD, place)).status).toBe(200)
    }
    for (let i = 0; i < 10; i++) {
      expect((await login({ email: someAddress() }, 'x', place)).status).toBe(401)
    }
  })

  test('are counted one by one though the clocks of those who count differ', async () => {
    const shopper = await makeShopper(app)
    const place = elsewhere()
    const behind = async (...given: Parameters<typeof login>) => {
      app.advance(-50)
      return (await login(...given)).status
    }
    const codes = new Set<number>()
    for (let i = 0; i < 4; i++) codes.add(await behind(shopper, `wrong ${i}`, place))
    for (let i = 0; i < 15; i++) codes.add(await behind({ email: someAddress() }, 'x', place))
    expect([...codes, await countOf(shopper)]).toEqual([401, 4])
    expect(await behind(shopper, PASSWORD, place)).toBe(200)
    expect(await behind(shopper, PASSWORD, place)).toBe(200)
  })

  test.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:ffff::1'],
    ['2001:db8::1', '2001:db8:0:0:ffff::'],
  ])('of one IPv6 network come from one place: %s and %s', async (one, other) => {
    for (let i = 0; i < 20; i++) await login({ email: someAddress() }, 'x', one)
    const answer = await login({ email: someAddress() }, 'x', other)
    expect(answer.body.code).toBe('too_many_attempts')
    app.advance(3600 * second)
  })

  test('that a service brings count for the account, not for where the service is', async () => {
    const place = elsewhere()
    for (let i = 0; i < 25; i++) {
      const answer = await call('POST', '/auth/login', {
        body: { email: someAddress(), password: 'x' },
        headers: { 'CF-Connecting-IP': place },
      })
      expect(answer.status).toBe(401)
    }
  })
})

test('a registration of his own gives a guesser no fresh tries at an account', async () => {
  const shopper = await makeShopper(app)
  const own = { email: shopper.email, password: 'the guesser is here 1' }
  await call('POST', '/customer', { token: await app.storefrontToken(), body: own })
  const codes = []
  const place = elsewhere()
  for (let i = 0; i < 6; i++) {
    await login(shopper, own.password, place)
    codes.push((await login(shopper, `wrong ${i}`, place)).status)
  }
  expect(codes).toEqual([401, 401, 401, 401, 401, 429])
})

test("the present password asked for in a session is counted too, apart from the owner's logins", async () => {
  const shopper = await makeShopper(app)
  const { accessToken: token } = await logIn(app, shopper)
  const change = (currentPassword: string) =>
    call('POST', '/auth/password/change', {
      token,
      body: { currentPassword, password: 'quite another one 5' },
      headers: { 'CF-Connecting-IP': '198.51.100.250' },
    })
  for (let i = 0; i < 5; i++) expect((await change(`wrong ${i}`)).status).toBe(401)
  expect((await change(PASSWORD)).body.code).toBe('too_many_attempts')
  expect((await login(shopper, PASSWORD, elsewhere())).status).toBe(200)
})

test('who asks too often from one place is stopped before anything is worked out; services are not', async () => {
  const place = elsewhere()
  app.limited.add(`place ${place}`)
  app.wire.reset()
  const answer = await login({ email: someAddress() }, 'x', place)
  expect([answer.status, answer.body.code]).toEqual([429, 'too_many_requests'])
  expect([wait(answer), app.wire.count().trips]).toEqual([60, 0])
  const service = await call('POST', '/customer', {
    body: { email: someAddress() },
    headers: { 'CF-Connecting-IP': place },
  })
  expect(service.status).toBe(201)
})
