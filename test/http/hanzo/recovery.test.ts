import { describe, expect, test } from 'vitest'
import { PASSWORD, startHanzoApp } from '../../support/hanzo.ts'
import { ageProofs, someAddress } from '../../support/shopper.ts'

const NEW = 'anotherriver43'

describe.each(['iam', 'casdoor'] as const)('with the users of Hanzo ID (%s)', async (api) => {
  const shop = await startHanzoApp({ api })
  const { app, ask, hanzo, inbox, makeShopper, logIn } = shop
  const subjects = async (to: string) => (await inbox.all(to)).map(({ subject }) => subject)

  test("a thief's pending change dies with the reset, in the owner's new session too", async () => {
    const { email, session } = await makeShopper()
    const wanted = someAddress()
    const body = { email: wanted, password: PASSWORD }
    expect((await ask('POST', '/auth/email/change', body, session.accessToken)).status).toBe(202)
    const { token: link } = await inbox.next(wanted)
    app.advance(61_000)
    await ask('POST', '/auth/password/forgot', { email })
    const { token } = await inbox.next(email)
    expect((await ask('POST', '/auth/password/reset', { token, password: NEW })).status).toBe(204)
    expect(await subjects(email)).toEqual(['Your password for Test Shop was changed'])
    const own = (await logIn(email, NEW)).body.accessToken
    const answer = await ask('POST', '/auth/email/confirm', { token: link }, own)
    expect([answer.status, answer.body.code]).toEqual([422, 'mail_token_invalid'])
  })

  test('staff changes the address: both inboxes are told, the proof opens the account, the undo takes it back', async () => {
    const { id, email } = await makeShopper()
    const typo = someAddress()
    const patched = await shop.call('PATCH', `/customer/${id}`, { body: { email: typo } })
    expect(patched.body).toMatchObject({ status: 'unverified', emailVerified: false })
    const proof = await inbox.next(typo)
    const warning = await inbox.next(email)
    const proven = await ask('POST', '/auth/verify-email', {
      token: proof.token,
      password: PASSWORD,
    })
    expect(proven.body.customer).toMatchObject({ id, email: typo, status: 'active' })
    await shop.cron()
    await shop.drain()
    expect(hanzo.userOf(typo)).toMatchObject({ emailVerified: true })
    expect((await ask('POST', '/auth/email/undo', { token: warning.token })).status).toBe(204)
    expect(await subjects(typo)).toEqual([
      'This e-mail address no longer belongs to your account at Test Shop',
    ])
    const { token } = await inbox.next(email)
    expect((await ask('POST', '/auth/password/reset', { token, password: NEW })).status).toBe(204)
    expect(await subjects(email)).toEqual(['Your account at Test Shop has a password'])
    expect((await logIn(email, NEW)).status).toBe(200)
    expect((await logIn(typo, PASSWORD)).body.code).toBe('invalid_credentials')
  })

  test('a change of the password that is refused changes nothing at Hanzo ID', async () => {
    const { id, email, session } = await makeShopper()
    const change = (body: object) => ask('POST', '/auth/password/change', body, session.accessToken)
    const wrong = await change({ password: NEW, currentPassword: 'not the password' })
    expect([wrong.status, hanzo.userOf(email)?.password]).toEqual([401, PASSWORD])
    await ageProofs(app, id)
    const stale = await change({ password: NEW })
    expect([stale.status, stale.body.code]).toEqual([403, 'fresh_proof_required'])
    expect(hanzo.userOf(email)?.password).toBe(PASSWORD)
    expect([(await logIn(email, PASSWORD)).status, (await logIn(email, NEW)).status]).toEqual([
      200, 401,
    ])
    expect((await change({ password: NEW, currentPassword: PASSWORD })).status).toBe(204)
    expect((await logIn(email, NEW)).status).toBe(200)
  })

  test('an invitation makes the user there with the password that its reader chooses', async () => {
    const email = someAddress()
    const { body } = await shop.call('POST', '/customer', { body: { email } })
    expect((await shop.call('POST', `/customer/${body.id}/invite`)).status).toBe(202)
    const { token } = await inbox.next(email)
    expect(hanzo.userOf(email)).toBeUndefined()
    const weak = await ask('POST', '/auth/password/reset', { token, password: 'ｐａｓｓｗｏｒｄ' })
    expect([weak.status, hanzo.userOf(email)]).toEqual([422, undefined])
    expect((await ask('POST', '/auth/password/reset', { token, password: NEW })).status).toBe(204)
    expect(await subjects(email)).toEqual(['Your account at Test Shop has a password'])
    expect((await logIn(email, NEW)).body.customer).toMatchObject({ id: body.id, status: 'active' })
  })
})
