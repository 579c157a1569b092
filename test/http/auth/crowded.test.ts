import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { openMails } from '../../support/mail.ts'
import { runs } from '../../support/runs.ts'
import { makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { call, tenant } = app
const mails = openMails(app)
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const OWNERS = '203.0.113.1'
const post = async (path: string, body: unknown, place = OWNERS) =>
  call('POST', path, {
    token: await app.storefrontToken(),
    body,
    headers: { 'CF-Connecting-IP': place },
  })
const register = (email: string, password: string, more = {}) =>
  post('/customer', { email, password, ...more })
const attemptsOf = async (email: string) => {
  const [rows = []] = await app.db.run([
    sql`select state from attempt where tenant = ${tenant} and email_key = ${email.toLowerCase()}`,
  ])
  return rows.map(({ state }) => String(state)).toSorted()
}
/** The owner opens the newest mail with a link, if there is one, and gives his password. */
async function open(token: string): Promise<boolean> {
  const { status } = await post('/auth/verify-email', { token, password: PASSWORD })
  return status === 200
}

/** Five live attempts, and the links of all: the first has expired, and the second is the oldest. Mails may be sent again. */
async function fillUp(email: string) {
  const links: string[] = []
  const attempt = async (password = `the stranger was here ${links.length}`) => {
    await register(email, password)
    links.push((await mails.next(email)).token)
    app.advance(MINUTE)
  }
  await attempt()
  app.advance(DAY - 10 * MINUTE)
  for (let n = 0; n < 4; n++) await attempt()
  app.advance(6 * MINUTE)
  await attempt()
  return { links, attempt }
}

test('a new attempt takes the place of the oldest of five, whose link is dead then', async () => {
  const email = someAddress()
  const { links, attempt } = await fillUp(email)
  await attempt(PASSWORD)
  expect(await attemptsOf(email)).toEqual([...Array(5).fill('live'), 'void', 'void'])
  expect(await open(String(links[1]))).toBe(false)
  expect(await open(String(links[2]))).toBe(true)
})

test('so does one that waited, when its link is asked for once more', async () => {
  const email = someAddress()
  const { links, attempt } = await fillUp(email)
  await attempt()
  await register(email, 'of the last minute 9')
  await register(email, PASSWORD)
  await mails.all(email)
  app.advance(MINUTE)
  await post('/auth/verify-email/resend', { email, password: PASSWORD })
  const { token } = await mails.next(email)
  const states = await attemptsOf(email)
  expect(states.filter((state) => state === 'live')).toHaveLength(5)
  expect(await open(String(links[2]))).toBe(false)
  expect(await open(token)).toBe(true)
})

test('an attempt whose mail is held back waits, and does not push out one whose link is in the inbox', async () => {
  const email = someAddress()
  await register(email, 'the first was here 1')
  const [first] = await mails.all(email)
  for (let n = 0; n < 30; n++) await register(email, `within the minute ${n}`)
  expect(await mails.all(email)).toEqual([])
  const states = await attemptsOf(email)
  expect(states.filter((state) => state !== 'void')).toEqual(['live', ...Array(5).fill('unsent')])
  // Ten of one place stay, and the one that the last registration replaced.
  expect(states).toHaveLength(1 + 5 + 11)
  expect(await open(String(first?.token))).toBe(true)
})

test('an address has at most five hundred attempts that places have left behind', async () => {
  const email = someAddress()
  await app.db.run([
    sql`insert into attempt (tenant, id, email, email_key, password_hash, state, place, created_at, expires_at)
      select ${tenant}, ${email} || n, ${email}, ${email.toLowerCase()}, n::text, 'void', n::text, now() - interval '1 hour', now() + interval '1 day'
      from generate_series(1, 510) n`,
  ])
  await register(email, PASSWORD)
  expect(await attemptsOf(email)).toHaveLength(500 + 1)
})

test('what others do with an address changes no answer to a stranger who tried to register it, for a day', async () => {
  const email = someAddress()
  const [stranger, others] = ['198.51.100.77', '198.51.100.88']
  const passwords = ['of the stranger 1', 'of the stranger 2', 'of the stranger 3']
  const told = async () => {
    const answers = []
    for (const password of passwords) {
      const { status, body } = await post('/auth/login', { email, password }, stranger)
      answers.push([status, body.code])
    }
    return answers
  }
  for (const password of passwords) await post('/customer', { email, password }, stranger)
  const before = await told()
  expect(before).toEqual(Array(3).fill([403, 'email_unverified']))
  await register(email, PASSWORD)
  expect(await told()).toEqual(before)
  for (let n = 0; n < 25; n++) {
    await post('/customer', { email, password: `of another one ${n}` }, others)
    if (n % 5 === 0) app.advance(MINUTE)
  }
  expect(await told()).toEqual(before)
  app.advance(MINUTE)
  await register(email, PASSWORD)
  const links = await mails.all(email)
  expect(await open(String(links.at(-1)?.token))).toBe(true)
  expect(await told()).toEqual(before)
})

test('an attempt that waits gets its link when it is asked for once more', async () => {
  const email = someAddress()
  await register(email, 'the stranger was here 1')
  await mails.all(email)
  await register(email, PASSWORD, { firstName: 'Jane' })
  app.advance(MINUTE)
  await post('/auth/verify-email/resend', { email, password: PASSWORD })
  const { token } = await mails.next(email)
  const { status, body } = await post('/auth/verify-email', { token, password: PASSWORD })
  expect([status, body.customer.firstName]).toEqual([200, 'Jane'])
})

test('a stranger is told the same of his own attempt, whether its mail was sent or held back', async () => {
  const told = async (email: string) => {
    await register(email, 'of the stranger 42')
    const { status, body } = await post('/auth/login', { email, password: 'of the stranger 42' })
    return [status, body.code]
  }
  const fresh = someAddress()
  const mailed = someAddress()
  await post('/auth/password/forgot', { email: mailed })
  expect(await told(mailed)).toEqual([403, 'email_unverified'])
  expect(await told(fresh)).toEqual([403, 'email_unverified'])
})

type Act = {
  readonly what: 'register' | 'resend' | 'forgot' | 'login'
  readonly which: number
  readonly minutes: number
}
const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom('register', 'register', 'resend', 'forgot', 'login'),
  which: fc.integer({ min: 0, max: 8 }),
  minutes: fc.constantFrom(0, 0, 1, 2, 10, 60, 300, 1440),
})

test('after any week of a stranger, the owner gets in with at most one mail of his own', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 1, maxLength: 40 }),
      fc.boolean(),
      async (acts, registersFirst) => {
        const email = someAddress()
        const links: string[] = []
        const read = async () => {
          for (const { token } of await mails.all(email)) if (token) links.push(token)
        }
        if (registersFirst) await register(email, PASSWORD)
        await read()
        let passed = 0
        for (const { what, which, minutes } of acts) {
          const password = `the stranger was here ${which}`
          const place = `198.51.100.${which}`
          if (what === 'register') await post('/customer', { email, password }, place)
          if (what === 'resend') await post('/auth/verify-email/resend', { email, password }, place)
          if (what === 'forgot') await post('/auth/password/forgot', { email }, place)
          if (what === 'login') await post('/auth/login', { email, password }, place)
          await read()
          if (passed + minutes <= 7 * 1440) {
            app.advance(minutes * MINUTE)
            passed += minutes
          }
        }
        await register(email, PASSWORD)
        await read()
        const newest = links.at(-1)
        let isIn = newest !== undefined && (await open(newest))
        if (!isIn) {
          // Nothing in the inbox works any more, so a mail is not held back for longer than a minute.
          app.advance(MINUTE)
          await post('/auth/verify-email/resend', { email, password: PASSWORD })
          await read()
          isIn = await open(String(links.at(-1)))
        }
        expect(isIn).toBe(true)
        const { status } = await post('/auth/login', { email, password: PASSWORD })
        expect(status).toBe(200)
      },
    ),
    { numRuns: runs(15, 500) },
  )
})

test.each(['forgot', 'verify-email/resend'])(
  'mails that go to nobody, by %s, hold back none that the owner asks for',
  async (path) => {
    const email = someAddress()
    const to = path === 'forgot' ? '/auth/password/forgot' : `/auth/${path}`
    for (let n = 0; n < 12; n++) {
      await post(to, { email })
      app.advance(MINUTE)
    }
    await post(to, { email })
    await register(email, PASSWORD)
    expect(await open((await mails.next(email)).token)).toBe(true)
  },
)

test('a link that was used holds back no further mail; one that works does, for a minute and from five a day on', async () => {
  const shopper = await makeShopper(app)
  const forgot = async () => {
    await post('/auth/password/forgot', { email: shopper.email })
    return mails.all(shopper.email)
  }
  await mails.all(shopper.email)
  const sent = []
  for (let n = 0; n < 8; n++) {
    sent.push((await forgot()).length)
    app.advance(MINUTE)
  }
  expect(sent).toEqual([1, 1, 1, 1, 1, 0, 0, 0])
  app.advance(DAY)
  const [mail] = await forgot()
  expect(await forgot()).toEqual([])
  const reset = await post('/auth/password/reset', { token: mail?.token, password: PASSWORD })
  expect(reset.status).toBe(204)
  await mails.all(shopper.email)
  expect(await forgot()).toHaveLength(1)
})

test('twenty who ask at once for a link to one address have one mail sent', async () => {
  const shopper = await makeShopper(app)
  await mails.all(shopper.email)
  await Promise.all(
    Array.from({ length: 20 }, () => post('/auth/password/forgot', { email: shopper.email })),
  )
  expect(await mails.all(shopper.email)).toHaveLength(1)
})

test('a link that was sent again works for its 24 hours, however old the registration is', async () => {
  const email = someAddress()
  await register(email, 'of a stranger 42')
  await mails.all(email)
  app.advance(DAY - 60 * MINUTE)
  await post('/auth/verify-email/resend', { email })
  const { token } = await mails.next(email)
  app.advance(DAY - 60 * MINUTE)
  await register(email, PASSWORD)
  expect(await mails.all(email)).toHaveLength(1)
  expect(await open(token)).toBe(true)
})
