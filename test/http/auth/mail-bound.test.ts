import { describe, expect, test, vi } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { eventsIn } from '../../support/events.ts'
import { openMails } from '../../support/mail.ts'
import { logIn, makeShopper, PASSWORD, type Shopper, someAddress } from '../../support/shopper.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

let places = 0
/** A place that has asked for nothing yet. */
const elsewhere = () => `198.18.${++places >> 8}.${places & 255}`

/** Asks, and reads the mails after each request: a mail whose link was replaced before it was sent is not sent. */
function asking(app: TestApp) {
  const post = async (path: string, body: unknown, place: string, token?: string) => {
    const answer = await app.call('POST', path, {
      token: token ?? (await app.storefrontToken()),
      body,
      headers: { 'CF-Connecting-IP': place },
    })
    expect([200, 202]).toContain(answer.status)
    await app.drain()
  }
  return {
    post,
    register: (email: string, place: string) =>
      post('/customer', { email, password: PASSWORD }, place),
    forgot: (email: string, place: string, deviceToken?: string) =>
      post('/auth/password/forgot', { email, deviceToken }, place),
    resend: (email: string, place: string, deviceToken?: string) =>
      post('/auth/verify-email/resend', { email, deviceToken }, place),
  }
}

describe('mails to one address', async () => {
  const app = await startTestApp()
  const mails = openMails(app)
  const { register, forgot, resend, post } = asking(app)

  type Way = {
    /** The reader of the inbox. */
    readonly whose: () => Promise<Shopper>
    readonly ask: (reader: Shopper, place: string, deviceToken?: string) => Promise<void>
  }
  const unproven = async (): Promise<Shopper> => {
    const email = someAddress()
    await app.call('POST', '/customer', { body: { email, password: PASSWORD } })
    return { id: '', email, password: PASSWORD }
  }
  const ways: Readonly<Record<string, Way>> = {
    'a registration with a new address': {
      whose: async () => ({ id: '', email: someAddress(), password: PASSWORD }),
      ask: ({ email }, place) => register(email, place),
    },
    'a registration with a known address': {
      whose: () => makeShopper(app),
      ask: ({ email }, place) => register(email, place),
    },
    'a forgotten password': {
      whose: () => makeShopper(app),
      ask: ({ email }, place, device) => forgot(email, place, device),
    },
    'a link to verify': {
      whose: unproven,
      ask: ({ email }, place, device) => resend(email, place, device),
    },
  }
  const cases = Object.entries(ways)

  test.each(cases)(
    '%s: one a minute and five a day from one place, and another is not held back',
    async (_, { whose, ask }) => {
      const reader = await whose()
      const [strangers, owners] = [elsewhere(), elsewhere()]
      await mails.all()
      const sent: number[] = []
      for (let n = 0; n < 8; n++) {
        await ask(reader, strangers)
        await ask(reader, strangers)
        sent.push((await mails.all(reader.email)).length)
        app.advance(MINUTE)
      }
      expect(sent).toEqual([1, 1, 1, 1, 1, 0, 0, 0])
      await ask(reader, owners)
      expect(await mails.all(reader.email)).toHaveLength(1)
    },
  )

  test.each(cases)(
    '%s: thirty a day from all places together, while the newest holds a link',
    async (_, { whose, ask }) => {
      const reader = await whose()
      await mails.all()
      for (let n = 0; n < 33; n++) await ask(reader, elsewhere())
      expect(await mails.all(reader.email)).toHaveLength(30)
      app.advance(DAY)
      await ask(reader, elsewhere())
      expect(await mails.all(reader.email)).toHaveLength(1)
    },
  )

  test.each([
    ['a forgotten password', async (shopper: Shopper) => void shopper],
    [
      'a link to verify',
      async ({ id }: Shopper) => {
        await app.call('PATCH', `/customer/${id}`, { body: { email: `moved-${someAddress()}` } })
      },
    ],
  ])('%s is sent to a device that has logged in, whatever strangers ask', async (way, prepare) => {
    const shopper = await makeShopper(app)
    const { deviceToken } = await logIn(app, shopper)
    await prepare(shopper)
    const { body } = await app.call('GET', `/customer/${shopper.id}`)
    const reader = { ...shopper, email: body.email }
    const ask = ways[way]?.ask
    if (ask === undefined) throw new Error(way)
    const shared = elsewhere()
    for (let n = 0; n < 33; n++) await ask(reader, n % 3 === 0 ? shared : elsewhere())
    const { length } = await mails.all(reader.email)
    await ask(reader, shared)
    expect(await mails.all(reader.email)).toHaveLength(0)
    await ask(reader, shared, deviceToken)
    // Another address voids the devices.
    const expected = way === 'a forgotten password' ? 1 : 0
    expect([length > 20, (await mails.all(reader.email)).length]).toEqual([true, expected])
    const { deviceToken: foreign } = await logIn(app, await makeShopper(app))
    await ask(reader, shared, foreign)
    expect(await mails.all(reader.email)).toHaveLength(0)
  })

  test('a link that was used gives the limit of its purpose back', async () => {
    const shopper = await makeShopper(app)
    const place = elsewhere()
    await mails.all()
    for (let n = 0; n < 12; n++) {
      await forgot(shopper.email, place)
      app.advance(MINUTE)
    }
    const links = (await mails.all(shopper.email)).map(({ token }) => token)
    expect(links).toHaveLength(5)
    await post('/auth/password/forgot', { email: shopper.email }, place)
    const used = await app.call('POST', '/auth/password/reset', {
      token: await app.storefrontToken(),
      body: { token: links.at(-1), password: 'another quiet river 43' },
    })
    expect(used.status).toBe(204)
    await mails.all(shopper.email)
    const sent: number[] = []
    for (let n = 0; n < 6; n++) {
      await forgot(shopper.email, place)
      sent.push((await mails.all(shopper.email)).length)
      app.advance(MINUTE)
    }
    expect(sent).toEqual([1, 1, 1, 1, 1, 0])
  })

  test('a move that is asked for again keeps the link that is in the inbox', async () => {
    const shopper = await makeShopper(app)
    const { accessToken } = await logIn(app, shopper)
    const place = elsewhere()
    const email = someAddress()
    const change = () =>
      post('/auth/email/change', { email, password: PASSWORD }, place, accessToken)
    await change()
    await change()
    const [mail, ...more] = await mails.all(email)
    expect(more).toEqual([])
    await post('/auth/email/confirm', { token: mail?.token, password: PASSWORD }, place)
  })

  test('plus addresses and the dots of Gmail lead to one inbox: ten a day from one place', async () => {
    for (const spelling of [
      (n: number) => `inbox+${n}@example.org`,
      (n: number) => `i.n${'.'.repeat(n % 2)}box+x${n}@gmail.com`,
      (n: number) => `in.box+${n}@googlemail.com`,
    ]) {
      const place = elsewhere()
      await mails.all()
      for (let n = 0; n < 12; n++) await register(spelling(n), place)
      expect([spelling(1), (await mails.all()).length]).toEqual([spelling(1), 10])
      await register(spelling(20), elsewhere())
      expect(await mails.all()).toHaveLength(1)
    }
  })

  test.each([
    ['an IPv6 network of 64 bits', (n: number) => `2001:db8:a:a::${(n + 2).toString(16)}`],
  ])('%s may cause sixty mails an hour', async (_, place) => {
    await mails.all()
    for (let n = 0; n < 63; n++) await register(`r${n}@${place(1).length}-${n}.example`, place(n))
    expect(await mails.all()).toHaveLength(60)
    app.advance(HOUR)
    await register('late@example.net', place(1))
    expect(await mails.all()).toHaveLength(1)
  })

  test('an inbox gets thirty mails an hour under all its addresses, from all places together', async () => {
    await mails.all()
    for (let n = 0; n < 33; n++) await register(`flooded+${n}@example.org`, elsewhere())
    expect(await mails.all()).toHaveLength(30)
    app.advance(HOUR)
    await register('flooded@example.org', elsewhere())
    expect(await mails.all()).toHaveLength(1)
  })

  test('an account may write to twenty addresses a day', async () => {
    const shopper = await makeShopper(app)
    const { accessToken } = await logIn(app, shopper)
    await mails.all()
    for (let n = 0; n < 24; n++) {
      const email = `sender${n}@s${n}.example`
      await post('/auth/email/change', { email, password: PASSWORD }, elsewhere(), accessToken)
    }
    expect(await mails.all()).toHaveLength(20)
  })

  test('a request without a place is bounded by the address only', async () => {
    const { email } = await makeShopper(app)
    await mails.all()
    for (let n = 0; n < 33; n++) {
      await app.call('POST', '/auth/password/forgot', {
        body: { email },
        headers: { 'CF-Connecting-IP': '203.0.113.5' },
      })
      await app.drain()
    }
    expect(await mails.all(email)).toHaveLength(30)
  })
})

test('no mail to an unproven address has text of the caller', async () => {
  const app = await startTestApp()
  const mails = openMails(app)
  const text = 'visit evil.example'
  const email = someAddress()
  await app.call('POST', '/customer', {
    token: await app.storefrontToken(),
    body: {
      email,
      password: PASSWORD,
      firstName: text,
      lastName: text,
      metadata: { note: text },
      locale: 'de-evil',
    },
    headers: { 'User-Agent': text, 'Accept-Language': text },
  })
  const shopper = await makeShopper(app, { firstName: text, lastName: text })
  const { accessToken } = await logIn(app, shopper)
  await app.drain()
  app.mails.splice(1)
  await app.call('POST', '/auth/email/change', {
    token: accessToken,
    body: { email: someAddress(), password: PASSWORD },
  })
  const sent = await mails.all()
  expect(sent).toHaveLength(2)
  for (const { subject, text: body, html } of sent) {
    expect([subject, body, html].join(' ')).not.toMatch(/evil/)
  }
})

describe('mails to addresses that nobody has proven', () => {
  test.each([
    [
      'of the shop',
      { max_mails_per_hour: 8 },
      (n: number) => `p${n}@d${n}.example`,
      'mails_of_tenant',
    ],
    [
      'to one domain',
      { max_mails_per_domain: 8 },
      (n: number) => `p${n}@one.example`,
      'mails_to_domain',
    ],
  ])(
    '%s are bounded an hour, with one event; those to proven ones are sent',
    async (_, settings, address, limit) => {
      const app = await startTestApp({ settings })
      const mails = openMails(app)
      const { register, forgot } = asking(app)
      await makeShopper(app, { email: 'proven@one.example' })
      await mails.all()
      for (let n = 0; n < 12; n++) await register(address(n), elsewhere())
      expect(await mails.all()).toHaveLength(8)
      await forgot('proven@one.example', elsewhere())
      await register('proven@one.example', elsewhere())
      expect(await mails.all()).toHaveLength(2)
      await app.cron()
      await app.cron()
      const told = (await eventsIn(app)).filter(({ type }) => type === 'limit.reached')
      expect(told).toMatchObject([{ data: { limit, since: expect.any(String) } }])
      // The next hour: the first registration that waited gets its mail.
      app.advance(HOUR)
      await register(address(11), elsewhere())
      expect(await mails.all()).toHaveLength(1)
    },
  )
})

test('in development this machine has no place, and the bound that held a mail back is printed', async () => {
  const app = await startTestApp({ development: true })
  const mails = openMails(app)
  const { forgot } = asking(app)
  const { email } = await makeShopper(app)
  await mails.all()
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  for (let n = 0; n < 31; n++) await forgot(email, n % 2 === 0 ? '127.0.0.1' : '::1')
  expect(await mails.all(email)).toHaveLength(30)
  for (let n = 0; n < 2; n++) await forgot(someAddress(), '203.0.113.1')
  const { email: other } = await makeShopper(app)
  for (let n = 0; n < 2; n++) await forgot(other, '203.0.113.1')
  const lines = said.mock.calls.map(([line]) => line)
  said.mockRestore()
  expect(lines).toEqual(['mail held back: far address', 'mail held back: address'])
})
