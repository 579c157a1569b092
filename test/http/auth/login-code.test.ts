import { describe, expect, test } from 'vitest'
import { loginCodeText } from '#core/identity'
import { startTestApp, type TestApp, type TestAppOptions } from '../../support/app.ts'
import { eventsIn } from '../../support/events.ts'
import { codesIn } from '../../support/login-code.ts'
import { query } from '../../support/rows.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../../support/shopper.ts'

const app = await startTestApp()
const { call } = app
const { request, mailFor, verify, codeFor } = codesIn(app)
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const codeOf = ({ status, body }: Awaited<ReturnType<typeof verify>>) => [status, body?.code]
const never = (): never => {
  throw new Error('there is none')
}
const WRONG = [401, 'invalid_credentials']
const isAlive = async (token: string) => (await call('GET', '/auth/me', { token })).status === 200

const registered = async (more: object = {}): Promise<string> => {
  const email = someAddress()
  const body = { email, password: PASSWORD, ...more }
  await call('POST', '/customer', { token: await app.storefrontToken(), body })
  return email
}
const madeByShop = async (more: object = {}) => {
  const email = someAddress()
  const { body } = await call('POST', '/customer', { body: { email, ...more } })
  return { id: body.id as string, email }
}

describe('a code of a mail', () => {
  test('logs the owner of an account in, once, and ends no other session', async () => {
    const shopper = await makeShopper(app)
    const other = await logIn(app, shopper)
    const typed = await codeFor(shopper.email)
    expect(typed.code).toMatch(/^\d{6}$/)
    const { status, body } = await verify(typed)
    expect([status, body.userId]).toEqual([200, shopper.id])
    expect(body.deviceToken).toMatch(/^dt_/)
    expect(await isAlive(body.accessToken)).toBe(true)
    expect(await isAlive(other.accessToken)).toBe(true)
    expect(codeOf(await verify(typed))).toEqual(WRONG)
    // The password is as it was.
    await logIn(app, shopper)
  })

  test('is a fresh proof: what is dangerous may be done without a password', async () => {
    const { email } = await makeShopper(app)
    const { body } = await verify(await codeFor(email))
    const answer = await call('GET', '/customer/me/export', { token: body.accessToken })
    expect(answer.status).toBe(200)
  })

  test.each([
    ['with blanks', (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)}\n`],
    ['with a dash', (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`],
    ['with a long dash', (code: string) => `${code.slice(0, 3)}–${code.slice(3)}`],
    ['with invisible characters', (code: string) => `\u200b${code}\u00ad`],
    [
      'in full-width digits',
      (code: string) =>
        code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ],
  ])('is taken %s', async (_, write) => {
    const { email } = await makeShopper(app)
    const typed = await codeFor(email)
    expect((await verify({ ...typed, code: write(typed.code) })).status).toBe(200)
  })

  test('is taken for the address in another spelling', async () => {
    const { email } = await makeShopper(app)
    const typed = await codeFor(email)
    expect((await verify({ ...typed, email: ` ${email.toUpperCase()}` })).status).toBe(200)
  })

  test('lives ten minutes', async () => {
    const own = await startTestApp({ frozen: true })
    const codes = codesIn(own)
    const [first, second] = [await makeShopper(own), await makeShopper(own)]
    const [early, late] = [await codes.codeFor(first.email), await codes.codeFor(second.email)]
    own.advance(10 * MINUTE - 1)
    expect((await codes.verify(early)).status).toBe(200)
    own.advance(1)
    expect(codeOf(await codes.verify(late))).toEqual(WRONG)
  })

  test('that was asked for again leaves the one before good, and no older one', async () => {
    const own = await startTestApp({ frozen: true })
    const codes = codesIn(own)
    const three = async () => {
      const { email } = await makeShopper(own)
      const first = await codes.codeFor(email)
      own.advance(30_000)
      const second = await codes.codeFor(email, first.handle)
      own.advance(30_000)
      const third = await codes.codeFor(email, first.handle)
      expect([second.handle, third.handle]).toEqual([first.handle, first.handle])
      return { first, second, third }
    }
    const [a, b] = [await three(), await three()]
    expect(codeOf(await codes.verify(a.first))).toEqual(WRONG)
    expect((await codes.verify(a.second)).status).toBe(200)
    // One login spends all codes of the handle.
    expect(codeOf(await codes.verify(a.third))).toEqual(WRONG)
    expect((await codes.verify(b.third)).status).toBe(200)
  })

  test('does not live longer because another was asked for', async () => {
    const own = await startTestApp({ frozen: true })
    const codes = codesIn(own)
    const { email } = await makeShopper(own)
    const first = await codes.codeFor(email)
    own.advance(9 * MINUTE)
    await codes.codeFor(email, first.handle)
    own.advance(MINUTE)
    expect(codeOf(await codes.verify(first))).toEqual(WRONG)
  })
})

/** What differs from the right code, handle and address. */
const wrong: Readonly<
  Record<string, (right: Awaited<ReturnType<typeof codeFor>>) => Promise<object> | object>
> = {
  'another code': ({ code }) => ({ code: String((Number(code) + 1) % 1e6).padStart(6, '0') }),
  'a part of the code': ({ code }) => ({ code: code.slice(0, 5) }),
  'a longer code': ({ code }) => ({ code: `${code}0` }),
  'no code': () => ({ code: '' }),
  'the handle of another request for the address': async ({ email }) => ({
    handle: (await request(email)).handle,
  }),
  'the handle of another address': async () => ({
    handle: (await codeFor((await makeShopper(app)).email)).handle,
  }),
  'a handle that was made up': () => ({ handle: 'lh_made-up' }),
  'a handle that was altered': ({ handle }) => ({
    handle: `${handle.slice(0, 20)}${handle[20] === 'A' ? 'B' : 'A'}${handle.slice(21)}`,
  }),
  'another address': async () => ({ email: (await makeShopper(app)).email }),
  'an unknown address': () => ({ email: someAddress() }),
  'a link that was made up, of this request': async ({ email }) => {
    const [token] = await query<{ id: string; subject: string }>(
      "select id, subject from mail_token where tenant = $1 and email_key = $2 and purpose = 'login_code'",
      [app.tenant, email.toLowerCase()],
    )
    return { code: `${token?.subject}.${token?.id}.${'s'.repeat(43)}` }
  },
}

test.each(Object.entries(wrong))(
  '%s is refused, and the right one is still good',
  async (_, make) => {
    const right = await codeFor((await makeShopper(app)).email)
    expect(codeOf(await verify({ ...right, ...(await make(right)) }))).toEqual(WRONG)
    expect((await verify(right)).status).toBe(200)
  },
)

test('a code of another shop is refused', async () => {
  const shopper = await makeShopper(app)
  const right = await codeFor(shopper.email)
  const token = await app.strangerToken()
  await call('POST', '/customer', { token, body: { email: shopper.email } })
  const answer = await call('POST', '/auth/code/verify', { token, body: right })
  expect(codeOf(answer)).toEqual(WRONG)
  expect((await verify(right)).status).toBe(200)
})

describe('an account that nobody has proven', () => {
  test('is verified and claimed by the code, which voids its password and ends its sessions', async () => {
    const lax = await startTestApp({ settings: { require_email_verification: false } })
    const codes = codesIn(lax)
    const { email } = await (async () => {
      const address = someAddress()
      await lax.call('POST', '/customer', { body: { email: address, password: PASSWORD } })
      return { email: address }
    })()
    const stranger = await logIn(lax, { id: '', email, password: PASSWORD })
    await codes.mails.all()
    const { status, body } = await codes.verify(await codes.codeFor(email))
    expect([status, body.customer.status, body.customer.emailVerified]).toEqual([
      200,
      'active',
      true,
    ])
    expect((await lax.call('GET', '/auth/me', { token: stranger.accessToken })).status).toBe(401)
    const again = await lax.call('POST', '/auth/login', {
      token: await lax.storefrontToken(),
      body: { email, password: PASSWORD },
    })
    expect(codeOf(again)).toEqual(WRONG)
    expect((await codes.mails.next(email)).subject).toMatch(/old login/)
    const { body: events } = await lax.call('GET', `/customer/${body.userId}/event`)
    const types = events.data.map(({ type }: { type: string }) => type)
    expect(types).toContain('customer.email_verified')
  })

  test('loses the addresses that a stranger wrote, and its guest is merged', async () => {
    const { id, email } = await madeByShop()
    const home = {
      line1: '1 Main St',
      city: 'Reno',
      state: 'NV',
      postalCode: '89501',
      country: 'US',
    }
    await call('POST', '/customer/guest', { body: { email, address: home } })
    expect((await verify(await codeFor(email))).status).toBe(200)
    await app.drain()
    const { body } = await call('GET', `/customer/${id}`)
    expect([body.status, body.emailVerified]).toEqual(['active', true])
    const [row] = await query<{ claimed: boolean }>(
      'select claimed_at is not null as claimed from customer where tenant = $1 and id = $2',
      [app.tenant, id],
    )
    expect(row?.claimed).toBe(true)
    expect(body.addresses).toHaveLength(1)
  })

  test('a stranger who registers first with a password and waits gains nothing', async () => {
    const email = await registered({ firstName: 'Mallory' })
    const { status, body } = await verify(await codeFor(email))
    expect([status, body.customer.firstName, body.customer.status]).toEqual([200, null, 'active'])
    const login = await call('POST', '/auth/login', {
      token: await app.storefrontToken(),
      body: { email, password: PASSWORD },
    })
    expect(codeOf(login)).toEqual([403, 'email_unverified'])
  })
})

describe('a new address', () => {
  const isMailed = async (of: TestApp, email: string) => {
    const codes = codesIn(of)
    await codes.request(email)
    return (await codes.mails.all(email)).length
  }
  test('gets no code, and neither does a guest, a deleted or a disabled account', async () => {
    expect(await isMailed(app, someAddress())).toBe(0)
    const guest = someAddress()
    await call('POST', '/customer/guest', { body: { email: guest } })
    expect(await isMailed(app, guest)).toBe(0)
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/disable'],
    ] as const) {
      const { id, email } = await makeShopper(app)
      await call(method, `/customer/${id}${path}`)
      expect(await isMailed(app, email)).toBe(0)
    }
  })

  test('comes in by a code alone where the shop allows it, with the guest of the address', async () => {
    const own = await startTestApp({ settings: { allow_code_registration: true } })
    const codes = codesIn(own)
    const email = someAddress()
    const { body: guest } = await own.call('POST', '/customer/guest', { body: { email } })
    const { status, body } = await codes.verify(await codes.codeFor(email))
    expect([status, body.customer]).toMatchObject([200, { email, status: 'active' }])
    await own.drain()
    const merged = await own.call('GET', `/customer/${guest.id}`)
    expect(merged.body.id).toBe(body.userId)
  })
})

test.each([
  ['disabled', 'POST', '/disable'],
  ['deleted', 'DELETE', ''],
])('a code of an account that was %s meanwhile is void', async (_, method, path) => {
  const { id, email } = await makeShopper(app)
  const typed = await codeFor(email)
  await call(method, `/customer/${id}${path}`)
  expect(codeOf(await verify(typed))).toEqual(WRONG)
})

test('a code that is right for a disabled account, which nobody was mailed, lets nobody in', async () => {
  const { id, email } = await makeShopper(app)
  await call('POST', `/customer/${id}/disable`)
  const { handle } = await request(email)
  const [token] = await query<{ id: string }>(
    "select id from mail_token where tenant = $1 and email_key = $2 and purpose = 'login_code'",
    [app.tenant, email.toLowerCase()],
  )
  const code = loginCodeText(
    { keyring: app.runtime.keyring, tenant: app.tenant },
    token?.id ?? never(),
  )
  expect(codeOf(await verify({ email, handle, code }))).toEqual(WRONG)
})

test('each login gives the tries of its handle back', async () => {
  const own = await startTestApp({ frozen: true })
  const codes = codesIn(own)
  const { email } = await makeShopper(own)
  const { handle } = await codes.request(email)
  for (let logins = 0; logins < 7; logins++) {
    own.advance(MINUTE)
    const typed = await codes.codeFor(email, handle)
    expect(typed.handle).toBe(handle)
    expect((await codes.verify(typed)).status).toBe(200)
  }
})

test('an account that is claimed keeps the address that a guest brought, and its row is not written', async () => {
  const shopper = await makeShopper(app)
  const home = { line1: '1 Main St', city: 'Reno', state: 'NV', postalCode: '89501', country: 'US' }
  const body = { email: shopper.email, address: home }
  await call('POST', '/customer/guest', { token: await app.storefrontToken(), body })
  await app.cron()
  await app.drain()
  const row = () =>
    query<{ xmin: string }>('select xmin::text from customer where tenant = $1 and id = $2', [
      app.tenant,
      shopper.id,
    ])
  const typed = await codeFor(shopper.email)
  const before = await row()
  expect((await verify(typed)).status).toBe(200)
  expect(await row()).toEqual(before)
})

test('a device that has logged in is not held back by the guesses of its place', async () => {
  const own = await startTestApp({ frozen: true })
  const codes = codesIn(own)
  const place = '198.51.100.99'
  const headers = { 'CF-Connecting-IP': place }
  const owner = await makeShopper(own)
  const { deviceToken } = await logIn(own, owner)
  for (let handles = 0; handles < 4; handles++) {
    const right = await codes.codeFor((await makeShopper(own)).email)
    for (let n = 0; n < 5; n++) await codes.verify({ ...right, code: 'wrong' }, place)
  }
  const typed = await codes.codeFor(owner.email)
  expect(codeOf(await codes.verify(typed, place))).toEqual([429, 'too_many_attempts'])
  const token = await own.storefrontToken()
  const answer = await own.call('POST', '/auth/code/verify', {
    token,
    headers,
    body: { ...typed, deviceToken },
  })
  expect(answer.status).toBe(200)
})

describe('an address that is kept free for an account that moved away', () => {
  test('gets no code, and a code that is guessed right makes no account', async () => {
    const own = await startTestApp({ settings: { allow_code_registration: true } })
    const codes = codesIn(own)
    const shopper = await makeShopper(own)
    const { accessToken: token } = await logIn(own, shopper)
    const email = someAddress()
    await codes.mails.all()
    await own.call('POST', '/auth/email/change', { token, body: { email } })
    const link = (await codes.mails.next(email)).token
    await own.call('POST', '/auth/email/confirm', { token, body: { token: link } })
    const mail = await codes.mailFor(shopper.email)
    expect([mail.code, mail.subject]).toEqual(['', expect.stringMatching(/not free yet/)])
    const [row] = await query<{ id: string }>(
      "select id from mail_token where tenant = $1 and email_key = $2 and purpose = 'login_code'",
      [own.tenant, shopper.email.toLowerCase()],
    )
    const code = loginCodeText(
      { keyring: own.runtime.keyring, tenant: own.tenant },
      row?.id ?? never(),
    )
    const answer = await codes.verify({ email: shopper.email, handle: mail.handle, code })
    expect(codeOf(answer)).toEqual(WRONG)
  })
})

test('a mail about a voided login is in no language that a stranger chose', async () => {
  const lax = await startTestApp({ settings: { require_email_verification: false } })
  const codes = codesIn(lax)
  const email = someAddress()
  const token = await lax.storefrontToken()
  const body = { email, password: PASSWORD, locale: 'de' }
  await lax.call('POST', '/customer', { token, body })
  await logIn(lax, { id: '', email, password: PASSWORD })
  expect((await codes.verify(await codes.codeFor(email))).status).toBe(200)
  expect((await codes.mails.next(email)).subject).toMatch(/^The old login/)
})

describe('guesses', () => {
  const guess = (right: { email: string; handle: string; code: string }, n: number) => ({
    ...right,
    code: String((Number(right.code) + n + 1) % 1e6).padStart(6, '0'),
  })

  test('end a handle after five tries, over all its codes', async () => {
    const own = await startTestApp({ frozen: true })
    const codes = codesIn(own)
    const { email } = await makeShopper(own)
    const first = await codes.codeFor(email)
    for (let n = 0; n < 4; n++) await codes.verify(guess(first, n))
    own.advance(30_000)
    const second = await codes.codeFor(email, first.handle)
    expect(codeOf(await codes.verify(guess(second, 9)))).toEqual(WRONG)
    expect(codeOf(await codes.verify(second))).toEqual(WRONG)
    // Another request is not touched by them, and neither is one that was made with the handle that is used up.
    own.advance(30_000)
    const third = await codes.codeFor(email, first.handle)
    expect(third.handle).not.toBe(first.handle)
    expect((await codes.verify(third)).status).toBe(200)
  })

  test('tell how many are left, for every address alike', async () => {
    const known = await codeFor((await makeShopper(app)).email)
    const nobody = someAddress()
    const unknown = { email: nobody, code: 'wrong', ...(await request(nobody)) }
    for (const left of [4, 3, 2, 1, 0]) {
      for (const typed of [guess(known, left), unknown]) {
        const { headers } = await verify(typed)
        expect(headers.get('RateLimit')).toBe(`"codes";r=${left}`)
      }
    }
  })

  test('that are not compared, because the place waits, use up no try of the handle', async () => {
    const own = await startTestApp({ frozen: true })
    const codes = codesIn(own)
    const place = '198.51.100.88'
    for (let handles = 0; handles < 4; handles++) {
      const other = await codes.codeFor((await makeShopper(own)).email)
      for (let n = 0; n < 5; n++) await codes.verify(guess(other, n), place)
    }
    const right = await codes.codeFor((await makeShopper(own)).email)
    for (let n = 0; n < 6; n++) {
      expect((await codes.verify(right, place)).status).toBe(429)
    }
    expect((await codes.verify(right, '203.0.113.2')).status).toBe(200)
  })

  test('beyond the five of a handle count for nothing: no mail of the address has a link for them', async () => {
    const own = await startTestApp({ frozen: true })
    const codes = codesIn(own)
    const { email } = await makeShopper(own)
    const right = await codes.codeFor(email)
    for (let n = 0; n < 25; n++) await codes.verify(guess(right, n))
    own.advance(11 * MINUTE)
    expect((await codes.codeFor(email)).code).toMatch(/^\d{6}$/)
  })

  test('of many at once are counted alike: no more than five are compared', async () => {
    const { email } = await makeShopper(app)
    const right = await codeFor(email)
    await Promise.all(Array.from({ length: 20 }, (_, n) => verify(guess(right, n))))
    expect(codeOf(await verify(right))).toEqual(WRONG)
  })

  test('from a place wait after twenty, and an owner elsewhere does not', async () => {
    const own = await startTestApp({ frozen: true })
    const codes = codesIn(own)
    const shoppers = await Promise.all(Array.from({ length: 5 }, () => makeShopper(own)))
    const place = '198.51.100.77'
    for (const { email } of shoppers.slice(0, 4)) {
      const right = await codes.codeFor(email)
      for (let n = 0; n < 5; n++) {
        expect(codeOf(await codes.verify(guess(right, n), place))).toEqual(WRONG)
      }
    }
    const right = await codes.codeFor(shoppers[4]?.email ?? '')
    expect(codeOf(await codes.verify(right, place))).toEqual([429, 'too_many_attempts'])
    expect((await codes.verify(right, '203.0.113.1')).status).toBe(200)
  })

  test('of twenty in a day make the mails of the address carry links, which cannot be guessed', async () => {
    const own = await startTestApp({ frozen: true })
    const codes = codesIn(own)
    const { email, id } = await makeShopper(own)
    for (let handles = 0; handles < 4; handles++) {
      own.advance(MINUTE)
      const right = await codes.codeFor(email)
      for (let n = 0; n < 5; n++) await codes.verify(guess(right, n))
    }
    own.advance(11 * MINUTE)
    const { handle } = await codes.request(email)
    const mail = await codes.mails.next(email)
    expect([mail.code, new URL(mail.link).pathname]).toEqual(['', '/login'])
    const other = (await codes.request(email)).handle
    expect(codeOf(await codes.verify({ email, handle: other, code: mail.token }))).toEqual(WRONG)
    own.advance(DAY - 12 * MINUTE)
    const { status, body } = await codes.verify({ email, handle, code: mail.link })
    expect([status, body.userId]).toEqual([200, id])
    expect(codeOf(await codes.verify({ email, handle, code: mail.token }))).toEqual(WRONG)
    own.advance(DAY)
    expect((await codes.codeFor(email)).code).toMatch(/^\d{6}$/)
  })

  test('of a thousand in an hour make the mails of the shop carry links for the rest of it', async () => {
    const own = await startTestApp({ frozen: true })
    const codes = codesIn(own)
    const counted = async (count: number) => {
      const key = own.runtime.keyring.mac('address', 'codes')
      await query(
        `insert into failure (tenant, key, count, last_at, blocked_until, alarm)
         values ($1, $2, $3, $4, '-infinity', 'wrong_codes_of_tenant')
         on conflict (tenant, key) do update set count = excluded.count`,
        [own.tenant, key, count, own.runtime.now().toISOString()],
      )
    }
    await counted(999)
    const { email } = await makeShopper(own)
    const right = await codes.codeFor(email)
    await codes.verify(guess(right, 1))
    const shopper = await makeShopper(own)
    expect((await codes.mailFor(shopper.email)).link).toMatch(/\/login\?token=/)
    // What was mailed before is still good.
    expect((await codes.verify(right)).status).toBe(200)
    await own.cron()
    const told = (await eventsIn(own)).filter(({ type }) => type === 'limit.reached')
    expect(told).toMatchObject([{ data: { limit: 'wrong_codes_of_tenant' } }])
    own.advance(60 * MINUTE)
    expect((await codes.codeFor((await makeShopper(own)).email)).code).toMatch(/^\d{6}$/)
  })
})

describe('many requests for one address', () => {
  test('leave the owner a way in: beyond five live codes the mail has a link for the asker', async () => {
    const own = await startTestApp({ frozen: true })
    const codes = codesIn(own)
    const { email, id } = await makeShopper(own)
    for (let n = 0; n < 5; n++) await codes.request(email, undefined, `198.51.100.${n}`)
    await codes.mails.all()
    const { handle } = await codes.request(email, undefined, '203.0.113.9')
    const { token } = await codes.mails.next(email)
    const { status, body } = await codes.verify({ email, handle, code: token }, '203.0.113.9')
    expect([status, body.userId]).toEqual([200, id])
  })

  test('are one in thirty seconds and ten a day from a place; a code that is used gives them back', async () => {
    const own = await startTestApp({ frozen: true })
    const codes = codesIn(own)
    const { email } = await makeShopper(own)
    const place = '198.51.100.5'
    await codes.mails.all()
    const sent = async (handle?: string) => {
      const answer = await codes.request(email, handle, place)
      return { ...answer, mails: await codes.mails.all(email) }
    }
    expect((await sent()).mails).toHaveLength(1)
    own.advance(29_999)
    expect((await sent()).mails).toHaveLength(0)
    own.advance(1)
    for (let n = 2; n <= 10; n++) {
      expect((await sent()).mails).toHaveLength(1)
      own.advance(15 * MINUTE)
    }
    expect((await sent()).mails).toHaveLength(0)
    const owner = await codes.codeFor(email)
    expect((await codes.verify(owner, place)).status).toBe(200)
    expect((await sent()).mails).toHaveLength(1)
  })
})

test('two codes of a new address at once make one account', async () => {
  const own = await startTestApp({ settings: { allow_code_registration: true } })
  const codes = codesIn(own)
  const email = someAddress()
  const both = [await codes.codeFor(email), await codes.codeFor(email)]
  const answers = await Promise.all(both.map((typed) => codes.verify(typed)))
  expect(answers.map(({ status }) => status)).toContain(200)
  const { body } = await own.call('GET', `/customer?email=${encodeURIComponent(email)}`)
  expect(body.data).toHaveLength(1)
  for (const [at, answer] of answers.entries()) {
    if (answer.status === 200) continue
    expect((await codes.verify(both[at] ?? never())).status).toBe(200)
  }
})

describe('a shopper proves itself anew by a code', () => {
  const asShopper = async (of: TestApp) => {
    const shopper = await makeShopper(of)
    return { ...shopper, token: (await logIn(of, shopper)).accessToken as string }
  }
  const renew = (token: string, body: object) =>
    call('POST', '/auth/reauthenticate', { token, body })

  test('and gets another session in place of its own', async () => {
    const { email, token, id } = await asShopper(app)
    const { handle, code } = await codeFor(email)
    const { status, body } = await renew(token, { handle, code })
    expect([status, body.userId]).toEqual([200, id])
    expect(await isAlive(token)).toBe(false)
    expect(await isAlive(body.accessToken)).toBe(true)
  })

  test('not by a code of another account, which stays good', async () => {
    const { token } = await asShopper(app)
    const other = await codeFor((await makeShopper(app)).email)
    const answer = await renew(token, { handle: other.handle, code: other.code })
    expect(codeOf(answer)).toEqual(WRONG)
    expect(await isAlive(token)).toBe(true)
    expect((await verify(other)).status).toBe(200)
  })

  test.each([
    ['nothing', {}],
    ['a password and a code', { password: PASSWORD, code: '123456', handle: 'lh_1' }],
    ['a code alone', { code: '123456' }],
    ['a handle alone', { handle: 'lh_1' }],
  ])('not by %s', async (_, body) => {
    const { token } = await asShopper(app)
    expect(codeOf(await renew(token, body))).toEqual([422, 'invalid_input'])
  })
})

test('German shoppers read German', async () => {
  const { email, id } = await makeShopper(app)
  await call('PATCH', `/customer/${id}`, { body: { locale: 'de-AT' } })
  expect((await mailFor(email)).subject).toMatch(/^Ihr Code für/)
})

const elsewhere: TestAppOptions = {
  settings: { identity: 'hanzo' },
  hanzo: { clientId: 'shop', clientSecret: 'hanzo-secret', service: 'erp' },
}
test('a shop whose accounts are at another provider has no codes', async () => {
  const shop = await startTestApp(elsewhere)
  const token = await shop.storefrontToken()
  const body = { email: someAddress() }
  expect(codeOf(await shop.call('POST', '/auth/code', { token, body }))).toEqual([
    403,
    'identity_elsewhere',
  ])
  const typed = { ...body, code: '123456', handle: 'lh_1' }
  const answer = await shop.call('POST', '/auth/code/verify', { token, body: typed })
  expect(codeOf(answer)).toEqual([403, 'identity_elsewhere'])
})
