import { describe, expect, test, vi } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { makeAuthenticator } from '../../support/authenticator.ts'
import { startHanzoApp } from '../../support/hanzo.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { passkeysIn } from '../../support/passkey.ts'
import { logIn as logInByPassword, makeShopper, PASSWORD } from '../../support/shopper.ts'

const app = await startTestApp()
const { call, tenant } = app
const { creation, request, register, verify, logIn } = passkeysIn(app)

const MINUTE = 60_000

async function withPasskey(counts = false) {
  const shopper = await makeShopper(app)
  const { accessToken: token } = await logInByPassword(app, shopper)
  const authenticator = makeAuthenticator({ counts })
  await register(token, authenticator)
  return { ...shopper, token: token as string, authenticator }
}

const eventsOf = async (id: string, type: string) => {
  const { body } = await call('GET', `/customer/${id}/event`)
  return body.data.filter((event: { type: string }) => event.type === type)
}
const sessionsOf = async (id: string) => (await call('GET', `/customer/${id}/session`)).body.data

describe('one challenge', () => {
  test('opens one session, however many ask at once', async () => {
    const { id, authenticator } = await withPasskey()
    const before = (await sessionsOf(id)).length
    const answer = authenticator.get(await request())
    const answers = await Promise.all(Array.from({ length: 5 }, () => verify(answer)))
    expect(answers.map(({ body }) => body.code ?? 'opened').toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => 'invalid_credentials'),
      'opened',
    ])
    expect(await sessionsOf(id)).toHaveLength(before + 1)
  })

  test('adds one passkey, however many ask at once', async () => {
    const { token } = await withPasskey()
    const options = await creation(token)
    const answers = await Promise.all(
      Array.from({ length: 3 }, () =>
        call('POST', '/auth/passkey/register/verify', {
          token,
          body: makeAuthenticator().create(options),
        }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422, 422])
  })
})

test('a login waits for the removal of its passkey, and is refused', async () => {
  const { id, authenticator } = await withPasskey()
  const body = authenticator.get(await request())
  const answer = await meanwhile(
    `with locked as (select from customer where tenant = $1 and id = $2 for no key update)
      delete from passkey where tenant = $1 and customer_id = $2 and (select count(*) from locked) > 0`,
    [tenant, id],
    () => verify(body),
  )
  expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials'])
})

describe('a counter', () => {
  const reported = async (id: string) => eventsOf(id, 'customer.passkey_reused')

  test('that goes on is nothing to tell of, nor is one that stays at 0', async () => {
    for (const counts of [true, false]) {
      const { id, authenticator } = await withPasskey(counts)
      for (let n = 0; n < 3; n++) expect((await logIn(authenticator)).status).toBe(200)
      expect(await reported(id)).toEqual([])
    }
  })

  test.each([
    ['goes back', 2],
    ['stays where it was', 3],
    ['begins again', 0],
  ])('that %s is reported, and locks nobody out', async (_, counter) => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const { id, authenticator, token } = await withPasskey(true)
    await logIn(authenticator)
    await logIn(authenticator)
    expect((await logIn(authenticator, { counter })).status).toBe(200)
    const { body } = await call('GET', '/auth/passkey', { token })
    const passkeyId = body.data[0].id
    expect(await reported(id)).toMatchObject([{ data: { passkeyId } }])
    expect(warned.mock.calls.map(([line]) => JSON.parse(String(line)))).toContainEqual({
      level: 'warn',
      message: 'the counter of a passkey went back',
      tenant,
      passkey: passkeyId,
    })
    // The greater one counts: a copy does not bring it down.
    await logIn(authenticator, { counter: 3 })
    expect(await reported(id)).toHaveLength(2)
    expect((await logIn(authenticator, { counter: 10 })).status).toBe(200)
    expect(await reported(id)).toHaveLength(2)
    warned.mockRestore()
  })

  test('in an answer that is not signed by the passkey tells nothing', async () => {
    const { id, authenticator } = await withPasskey(true)
    await logIn(authenticator)
    await logIn(authenticator, { counter: 1, foreignKey: true })
    expect(await reported(id)).toEqual([])
  })
})

describe('failed logins', () => {
  const at = (place: string) => ({ 'CF-Connecting-IP': place })

  test('make a place wait, and nobody else', async () => {
    const { authenticator } = await withPasskey()
    const wrong = () =>
      request().then((options) => authenticator.get(options, { foreignKey: true }))
    const codes = []
    for (let n = 0; n < 5; n++)
      codes.push((await verify(await wrong(), at('203.0.113.9'))).body.code)
    expect(codes).toEqual(Array.from({ length: 5 }, () => 'invalid_credentials'))
    const held = await verify(authenticator.get(await request()), at('203.0.113.9'))
    expect([held.status, held.body.code]).toEqual([429, 'too_many_attempts'])
    expect(Number(held.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await verify(authenticator.get(await request()), at('203.0.113.10'))).status).toBe(200)
  })

  test('of a hundred places do not shut the owner out', async () => {
    const { id, authenticator } = await withPasskey()
    const options = await request()
    const body = authenticator.get(options, { foreignKey: true })
    for (let n = 0; n < 110; n++) await verify(body, at(`198.51.100.${n}`))
    expect((await logIn(authenticator)).status).toBe(200)
    expect(await eventsOf(id, 'customer.locked')).toEqual([])
  })

  test('are forgotten by a right one', async () => {
    const { authenticator } = await withPasskey()
    const place = at('203.0.113.11')
    for (let n = 0; n < 4; n++)
      await verify(authenticator.get(await request(), { foreignKey: true }), place)
    const opened = await verify(authenticator.get(await request()), place)
    expect(opened.headers.get('RateLimit')).toBe('"tries";r=5')
  })
})

describe('a shopper who proves itself anew', () => {
  const renew = (token: string, body: unknown) =>
    call('POST', '/auth/reauthenticate', { token, body })

  test('with a passkey gets a session with a fresh proof in place of the old one, in two round trips', async () => {
    const { token, authenticator } = await withPasskey()
    app.advance(11 * MINUTE)
    const stale = await call('POST', '/auth/passkey/register/options', { token })
    expect(stale.body.code).toBe('fresh_proof_required')
    const asked = await call('POST', '/auth/passkey/login/options', { token })
    const passkey = authenticator.get(asked.body)
    app.wire.reset()
    const { status, body } = await renew(token, { passkey })
    expect([status, app.wire.count().trips]).toEqual([200, 2])
    expect((await call('GET', '/auth/me', { token })).body.code).toBe('invalid_token')
    const fresh = { token: body.accessToken }
    expect((await call('POST', '/auth/passkey/register/options', fresh)).status).toBe(200)
  })

  test('does not with the passkey of somebody else, a spent challenge or another key', async () => {
    const [{ token, authenticator }, other] = [await withPasskey(), await withPasskey()]
    const spent = authenticator.get(await request())
    await verify(spent)
    for (const passkey of [
      other.authenticator.get(await request()),
      spent,
      authenticator.get(await request(), { foreignKey: true }),
    ]) {
      const answer = await renew(token, { passkey })
      expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials'])
    }
    expect((await call('GET', '/auth/me', { token })).status).toBe(200)
  })

  test('gives exactly one proof', async () => {
    const { token, authenticator } = await withPasskey()
    const passkey = authenticator.get(await request())
    for (const body of [{}, { passkey, password: PASSWORD }]) {
      const answer = await renew(token, body)
      expect([answer.status, answer.body.errors]).toEqual([
        422,
        [{ path: '', code: 'one_proof', message: 'Exactly one proof must be given.' }],
      ])
    }
    expect((await renew(token, { passkey })).status).toBe(200)
  })
})

test('where another provider opens the sessions there are no passkeys', async () => {
  const shop = await startHanzoApp()
  const { session } = await shop.makeShopper()
  const authenticator = makeAuthenticator()
  const { token } = await withPasskey()
  const made = authenticator.create(await creation(token))
  const answer = authenticator.get(await request())
  for (const [path, body, bearer] of [
    ['/auth/passkey/register/options', undefined, session.accessToken],
    ['/auth/passkey/register/verify', made, session.accessToken],
    ['/auth/passkey/login/options', undefined, undefined],
    ['/auth/passkey/login/verify', answer, undefined],
    ['/auth/reauthenticate', { passkey: answer }, session.accessToken],
  ] as const) {
    const { status, body: said } = await shop.ask('POST', path, body, bearer)
    expect([path, status, said.code]).toEqual([path, 403, 'identity_elsewhere'])
  }
  const list = await shop.ask('GET', '/auth/passkey', undefined, session.accessToken)
  expect(list.body.data).toEqual([])
})
