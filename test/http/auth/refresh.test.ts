import { beforeEach, describe, expect, test, vi } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { openMails } from '../../support/mail.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { logIn, makeShopper } from '../../support/shopper.ts'
import { sql } from '../../support/sql.ts'

const lines: string[] = []
vi.spyOn(console, 'warn').mockImplementation((line) => void lines.push(String(line)))

// The clock stands still: ten seconds are ten seconds. A session of an address that is not proven is one of the cases.
const app = await startTestApp({ frozen: true, settings: { require_email_verification: false } })
const { call, tenant } = app
const mails = openMails(app)

type Pair = { readonly accessToken: string; readonly refreshToken: string }
type Outcome = Pair | string

const storefront = `${tenant}-storefront`

/** The two routes that exchange a refresh token: each gives the pair, or the code of its refusal. */
const routes = {
  '/auth/refresh': async (refreshToken: string): Promise<Outcome> => {
    const { status, body } = await call('POST', '/auth/refresh', {
      token: null,
      body: { refreshToken },
    })
    return status === 200 ? body : body.code
  },
  '/oauth/token': (refreshToken: string) => grant(storefront, refreshToken),
}

async function grant(client: string, refresh_token: string): Promise<Outcome> {
  const form = { grant_type: 'refresh_token', client_id: client, client_secret: 'secret' }
  const body = new URLSearchParams({ ...form, refresh_token })
  const said = await (await app.request('/oauth/token', { method: 'POST', body })).json()
  const { access_token, refresh_token: next, error } = said as Record<string, string>
  return error ?? { accessToken: access_token ?? '', refreshToken: next ?? '' }
}

const given = (outcome: Outcome): Pair => {
  if (typeof outcome === 'string') throw new Error(`refused with ${outcome}`)
  return outcome
}
const isAlive = async ({ accessToken }: Pair) =>
  (await call('GET', '/auth/me', { token: accessToken })).status === 200

/** The events and mails about a shopper's spent tokens, since the last look. */
async function alarms({ id, email }: { readonly id: string; readonly email: string }) {
  const { body } = await call('GET', `/customer/${id}/event?limit=100`)
  const events = body.data.filter(({ type }: { type: string }) => type.includes('reused'))
  const subjects = (await mails.all(email)).map(({ subject }) => subject)
  return { events, subjects, logged: lines.splice(0) }
}
const none = { events: [], subjects: [], logged: [] }

let minutes = 0
const shopperWithSession = async () => {
  // The clock stands still, and of each minute only the first lines are written.
  app.runtime.attempts.settle(new Date(60_000 * ++minutes))
  const shopper = await makeShopper(app)
  const session: Pair = await logIn(app, shopper)
  await mails.all()
  return { shopper, session }
}

beforeEach(() => {
  lines.length = 0
})

describe.each([
  ['/auth/refresh', 'session_ended'],
  ['/oauth/token', 'invalid_grant'],
] as const)('a refresh at %s', (route, refused) => {
  const refresh = routes[route]

  test('gives a new pair in one round trip', async () => {
    const { session } = await shopperWithSession()
    app.wire.reset()
    const next = given(await refresh(session.refreshToken))
    expect(app.wire.count().trips).toBe(1)
    expect(next.refreshToken).not.toBe(session.refreshToken)
    expect(await isAlive(next)).toBe(true)
  })

  test('whose reply is lost, beside three tabs at once, is survived: all get the same child', async () => {
    const { shopper, session } = await shopperWithSession()
    await refresh(session.refreshToken)
    const tabs = await Promise.all([1, 2, 3].map(() => refresh(session.refreshToken)))
    app.wire.reset()
    const again = given(await refresh(session.refreshToken))
    expect(app.wire.count().trips).toBe(1)
    expect(new Set(tabs.map((tab) => given(tab).refreshToken))).toEqual(
      new Set([again.refreshToken]),
    )
    for (const tab of tabs) expect(await isAlive(given(tab))).toBe(true)
    expect(await isAlive(given(await refresh(again.refreshToken)))).toBe(true)
    expect(await alarms(shopper)).toEqual(none)
  })

  test('by two at once gives both the same child', async () => {
    const { session } = await shopperWithSession()
    const [one, two] = await Promise.all([1, 2].map(() => refresh(session.refreshToken)))
    expect(given(one ?? '').refreshToken).toBe(given(two ?? '').refreshToken)
  })

  test.each([
    ['at once', 0, true],
    ['a millisecond before ten seconds are over', 9_999, true],
    ['after exactly ten seconds', 10_000, true],
    ['a millisecond later', 10_001, false],
    ['after a day', 86_400_000, false],
  ])('with a spent token %s: %i ms', async (_, ms, isAnswered) => {
    const { shopper, session } = await shopperWithSession()
    const child = given(await refresh(session.refreshToken))
    app.advance(ms)
    const again = await refresh(session.refreshToken)
    if (isAnswered) expect(given(again).refreshToken).toBe(child.refreshToken)
    else expect(again).toBe(refused)
    expect(typeof (await refresh(child.refreshToken)) === 'object').toBe(isAnswered)
    expect((await alarms(shopper)).events).toHaveLength(isAnswered ? 0 : 1)
  })

  test('again does not make the ten seconds longer', async () => {
    const { session } = await shopperWithSession()
    await refresh(session.refreshToken)
    app.advance(9_000)
    given(await refresh(session.refreshToken))
    app.advance(2_000)
    expect(await refresh(session.refreshToken)).toBe(refused)
  })

  test('goes on for an unused child whose parent was not sent again, however late', async () => {
    const { session } = await shopperWithSession()
    const child = given(await refresh(session.refreshToken))
    app.advance(86_400_000)
    expect(await isAlive(given(await refresh(child.refreshToken)))).toBe(true)
  })

  test('each link of a chain may be sent twice', async () => {
    const { shopper, session } = await shopperWithSession()
    let token = session.refreshToken
    for (let link = 0; link < 5; link++) {
      const [one, two] = [given(await refresh(token)), given(await refresh(token))]
      expect(two.refreshToken).toBe(one.refreshToken)
      token = one.refreshToken
    }
    expect(await alarms(shopper)).toEqual(none)
  })

  test.each([
    [
      'a logout',
      (refreshToken: string) =>
        call('POST', '/auth/logout', { token: null, body: { refreshToken } }),
    ],
    [
      'a revocation',
      (token: string) =>
        app.request('/oauth/revoke', {
          method: 'POST',
          body: new URLSearchParams({
            token,
            client_id: `${app.tenant}-storefront`,
            client_secret: 'secret',
          }),
        }),
    ],
  ])(
    'a spent token that comes back with %s is told of, and the newest one is not',
    async (_, end) => {
      const { shopper, session } = await shopperWithSession()
      const next = given(await refresh(session.refreshToken))
      const last = given(await refresh(next.refreshToken))
      app.advance(11_000)
      expect((await end(session.refreshToken)).status).toBeLessThan(300)
      expect(await isAlive(last)).toBe(false)
      const { events, subjects, logged } = await alarms(shopper)
      expect(events).toMatchObject([{ type: 'customer.session_reused' }])
      expect([subjects.length, logged.length]).toEqual([1, 1])
      const { shopper: other, session: own } = await shopperWithSession()
      expect((await end(given(await refresh(own.refreshToken)).refreshToken)).status).toBeLessThan(
        300,
      )
      expect(await alarms(other)).toEqual(none)
    },
  )

  test('by a thief of a spent token gets no second child, and after the child was used it ends the session', async () => {
    const { shopper, session } = await shopperWithSession()
    const other: Pair = await logIn(app, shopper)
    const owner = given(await refresh(session.refreshToken))
    const thief = given(await refresh(session.refreshToken))
    expect(thief.refreshToken).toBe(owner.refreshToken)
    // The access token of the child tells nothing: only an exchange uses a refresh token.
    expect([await isAlive(owner), await isAlive(thief)]).toEqual([true, true])
    const next = given(await refresh(owner.refreshToken))
    expect(await refresh(session.refreshToken)).toBe(refused)
    expect(await refresh(next.refreshToken)).toBe(refused)
    expect([await isAlive(next), await isAlive(thief), await isAlive(other)]).toEqual([
      false,
      false,
      true,
    ])
    const { events, subjects, logged } = await alarms(shopper)
    expect(events).toMatchObject([
      {
        type: 'customer.session_reused',
        data: { customerId: shopper.id, sessionId: expect.stringMatching(/^ses_/) },
      },
    ])
    expect(subjects).toEqual(['A session of your account at Test Shop was ended'])
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain('a spent refresh token ended its session')
    expect(logged[0]).not.toMatch(/rt_|@/)
    // A session ends once.
    await refresh(session.refreshToken)
    expect((await alarms(shopper)).events).toHaveLength(1)
  })

  test('that waits for the exchange of the child finds the child used: the session ends, and its event says so', async () => {
    const { shopper, session } = await shopperWithSession()
    await refresh(session.refreshToken)
    const late = await meanwhile(
      'update session set refresh_hash = $1 where tenant = $2 and customer_id = $3',
      ['the hash of the grandchild', tenant, shopper.id],
      () => refresh(session.refreshToken),
    )
    expect(late).toBe(refused)
    const { body } = await call('GET', `/customer/${shopper.id}/session`)
    expect(body.data).toEqual([])
    expect(await alarms(shopper)).toMatchObject({ events: [{}], subjects: [expect.any(String)] })
  })

  test('of a session that is over for another reason is no theft', async () => {
    const { shopper, session } = await shopperWithSession()
    const child = given(await refresh(session.refreshToken))
    app.advance(31 * 86_400_000)
    expect(await refresh(session.refreshToken)).toBe(refused)
    expect(await refresh(child.refreshToken)).toBe(refused)
    const disabled = await shopperWithSession()
    await refresh(disabled.session.refreshToken)
    await call('POST', `/customer/${disabled.shopper.id}/disable`)
    expect(await refresh(disabled.session.refreshToken)).toBe(refused)
    expect([await alarms(shopper), await alarms(disabled.shopper)]).toEqual([none, none])
  })

  test.each([
    ['a line end', (token: string) => `${token}\n`],
    ['a padding', (token: string) => `${token}=`],
    ['a character that the decoder skips', (token: string) => token.replace(/.{9}/, '$&*')],
    ['another last character', (token: string) => `${token.slice(0, -1)}!`],
    ['a part cut off', (token: string) => token.slice(0, -4)],
  ])('with %s is none, and ends nothing', async (_, alter) => {
    const { shopper, session } = await shopperWithSession()
    const child = given(await refresh(session.refreshToken))
    for (const token of [session.refreshToken, child.refreshToken]) {
      expect(await refresh(alter(token))).toBe(refused)
    }
    expect(await alarms(shopper)).toEqual(none)
    expect(await isAlive(given(await refresh(child.refreshToken)))).toBe(true)
  })
})

test('a spent token is answered at /oauth/token to the client of its session only', async () => {
  const { shopper, session } = await shopperWithSession()
  const child = given(await grant(storefront, session.refreshToken))
  expect(await grant(`${tenant}-service`, session.refreshToken)).toBe('invalid_grant')
  expect(await grant(`${app.otherTenant}-storefront`, session.refreshToken)).toBe('invalid_grant')
  app.advance(60_000)
  expect(await grant(`${tenant}-service`, session.refreshToken)).toBe('invalid_grant')
  expect(await alarms(shopper)).toEqual(none)
  expect(await isAlive(given(await grant(storefront, child.refreshToken)))).toBe(true)
})

test('the routes know one line of descent', async () => {
  const { session } = await shopperWithSession()
  const [here, there] = [routes['/auth/refresh'], routes['/oauth/token']]
  const child = given(await here(session.refreshToken))
  expect(given(await there(session.refreshToken)).refreshToken).toBe(child.refreshToken)
  given(await there(child.refreshToken))
  expect(await here(session.refreshToken)).toBe('session_ended')
})

test('an address that was never proven gets the event, and no mail', async () => {
  const { shopper, session } = await shopperWithSession()
  await app.db.run([
    sql`update customer set status = 'unverified', email_verified_at = null, claimed_at = null
      where tenant = ${tenant} and id = ${shopper.id}`,
  ])
  const again: Pair = await logIn(app, shopper)
  const refresh = routes['/auth/refresh']
  given(await refresh(given(await refresh(again.refreshToken)).refreshToken))
  expect(await refresh(again.refreshToken)).toBe('session_ended')
  expect(await alarms(shopper)).toMatchObject({ events: [{}], subjects: [] })
  expect(await isAlive(session)).toBe(true)
})

test('no refresh token and nothing that it could be computed from is stored', async () => {
  const { shopper, session } = await shopperWithSession()
  const child = given(await routes['/auth/refresh'](session.refreshToken))
  const [rows = []] = await app.db.run([
    sql`select row_to_json(s)::text as row from session s where tenant = ${tenant} and customer_id = ${shopper.id}`,
  ])
  for (const { refreshToken } of [session, child]) {
    expect(JSON.stringify(rows)).not.toContain(refreshToken.slice(3))
  }
})
