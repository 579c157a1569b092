import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { makeAuthenticator } from '../../support/authenticator.ts'
import { openMails } from '../../support/mail.ts'
import { passkeysIn } from '../../support/passkey.ts'
import { logIn as logInByPassword, makeShopper } from '../../support/shopper.ts'

const app = await startTestApp()
const { call, wire } = app
const mails = openMails(app)
const { creation, request, register, verify, logIn } = passkeysIn(app)

const MINUTE = 60_000

async function makeVisitor(input: Readonly<Record<string, unknown>> = {}) {
  const shopper = await makeShopper(app, input)
  const { accessToken: token } = await logInByPassword(app, shopper)
  await mails.all()
  return { ...shopper, token: token as string }
}

const timeline = async (id: string) => {
  const { body } = await call('GET', `/customer/${id}/event`)
  return body.data.map(
    ({
      type,
      data: { passkeyId, passkeyIds },
    }: {
      type: string
      data: { passkeyId?: string; passkeyIds?: string[] }
    }) => [type, passkeyId ?? passkeyIds].filter((said) => said !== undefined),
  )
}

describe('a passkey', () => {
  test('is made with these options', async () => {
    const { token, email } = await makeVisitor({ firstName: 'Jane', lastName: 'Doe' })
    expect(await creation(token)).toEqual({
      rp: { id: 'shop.example', name: 'Test Shop' },
      user: { id: expect.stringMatching(/^[\w-]{43}$/), name: email, displayName: 'Jane Doe' },
      challenge: expect.stringMatching(/^[\w-]{75}$/),
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
      timeout: 300_000,
      excludeCredentials: [],
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      attestation: 'none',
    })
  })

  test('is asked for with these options', async () => {
    expect(await request()).toEqual({
      challenge: expect.stringMatching(/^[\w-]{75}$/),
      timeout: 300_000,
      rpId: 'shop.example',
      allowCredentials: [],
      userVerification: 'required',
    })
  })

  test('opens a session, which is a fresh proof', async () => {
    const { id, token } = await makeVisitor()
    const authenticator = makeAuthenticator()
    expect((await register(token, authenticator)).status).toBe(200)
    const { status, body } = await logIn(authenticator)
    expect([status, body.userId, body.customer.id]).toEqual([200, id, id])
    expect(body.deviceToken).toMatch(/^dt_/)
    expect((await call('GET', '/auth/me', { token: body.accessToken })).body.id).toBe(id)
    expect((await register(body.accessToken)).status).toBe(200)
  })

  test('costs two round trips at a login, and one for each other route; options for nobody cost none', async () => {
    const { token } = await makeVisitor()
    const authenticator = makeAuthenticator()
    const trips = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
      wire.reset()
      const done = await work()
      return [done, wire.count().trips]
    }
    const [options, forOptions] = await trips(() => creation(token))
    const made = authenticator.create(options)
    const [added, forAdding] = await trips(() =>
      call('POST', '/auth/passkey/register/verify', { token, body: made }),
    )
    const [asked, forAsking] = await trips(request)
    const answer = authenticator.get(asked)
    const [opened, forOpening] = await trips(() => verify(answer))
    const [, forRefusal] = await trips(() => verify(answer))
    expect([added.status, opened.status]).toEqual([200, 200])
    expect([forOptions, forAdding, forAsking, forOpening]).toEqual([1, 1, 0, 2])
    expect(forRefusal).toBe(2)
    const path = `/auth/passkey/${added.body.id}`
    for (const [method, where, body] of [
      ['GET', '/auth/passkey'],
      ['PATCH', path, { name: 'x' }],
      ['DELETE', path],
    ] as const) {
      const [, count] = await trips(() => call(method, where, { token, body }))
      expect([method, count]).toEqual([method, 1])
    }
  })

  test('is listed, named and removed by its owner', async () => {
    const { token } = await makeVisitor()
    const authenticator = makeAuthenticator()
    const { body: added } = await register(token, authenticator, { name: '  My telephone ' })
    expect(added).toEqual({
      id: expect.stringMatching(/^psk_/),
      name: 'My telephone',
      deviceType: 'multiDevice',
      backedUp: true,
      transports: ['internal', 'hybrid'],
      aaguid: '00000000-0000-0000-0000-000000000000',
      createdAt: expect.any(String),
      lastUsedAt: null,
    })
    await logIn(authenticator)
    const list = async () => (await call('GET', '/auth/passkey', { token })).body.data
    expect(await list()).toEqual([{ ...added, lastUsedAt: expect.any(String) }])
    const path = `/auth/passkey/${added.id}`
    const renamed = await call('PATCH', path, { token, body: { name: 'Other' } })
    expect([renamed.status, renamed.body.name]).toEqual([200, 'Other'])
    expect((await call('DELETE', path, { token })).status).toBe(204)
    expect(await list()).toEqual([])
    expect((await logIn(authenticator)).body.code).toBe('invalid_credentials')
    for (const method of ['PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { name: 'x' } : undefined
      const again = await call(method, path, { token, body })
      expect([method, again.status, again.body.code]).toEqual([method, 404, 'passkey_not_found'])
    }
  })

  test("is nobody else's to see, to name or to remove", async () => {
    const [one, two] = [await makeVisitor(), await makeVisitor()]
    const { body: theirs } = await register(two.token)
    expect((await call('GET', '/auth/passkey', { token: one.token })).body.data).toEqual([])
    const path = `/auth/passkey/${theirs.id}`
    const renamed = await call('PATCH', path, { token: one.token, body: { name: 'x' } })
    const removed = await call('DELETE', path, { token: one.token })
    expect([renamed.body.code, removed.body.code]).toEqual([
      'passkey_not_found',
      'passkey_not_found',
    ])
    expect((await call('GET', '/auth/passkey', { token: two.token })).body.data).toEqual([theirs])
  })

  test.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)', 'iPhone'],
    ['Mozilla/5.0 (Linux; Android 16; Pixel 10)', 'Android'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'Windows'],
    ['curl/8', 'Passkey'],
  ])('made with %s is called %s', async (agent, name) => {
    const { token } = await makeVisitor()
    const body = makeAuthenticator().create(await creation(token))
    const headers = { 'User-Agent': agent }
    const added = await call('POST', '/auth/passkey/register/verify', { token, body, headers })
    expect(added.body.name).toBe(name)
  })

  test.each([' ', 'x'.repeat(101), 'a\nb', 7])('is not called %j', async (name) => {
    const { token } = await makeVisitor()
    const made = makeAuthenticator().create(await creation(token))
    const body = { ...made, name }
    const added = await call('POST', '/auth/passkey/register/verify', { token, body })
    expect([added.status, added.body.errors?.[0].path]).toEqual([422, 'name'])
  })
})

describe('what changes how somebody logs in', () => {
  test('is mailed to the owner and told on the timeline, when a passkey is added and when it is removed', async () => {
    const { id, token, email } = await makeVisitor()
    const { body: added } = await register(token)
    const first = await mails.next(email)
    expect([first.subject, first.link]).toEqual(['Your account at Test Shop has a new passkey', ''])
    await call('DELETE', `/auth/passkey/${added.id}`, { token })
    const second = await mails.next(email)
    expect(second.subject).toBe('A passkey of your account at Test Shop was removed')
    expect((await timeline(id)).slice(0, 2)).toEqual([
      ['customer.passkey_removed', [added.id]],
      ['customer.passkey_added', added.id],
    ])
  })

  test('takes a proof that is younger than ten minutes; to name it does not', async () => {
    const { token } = await makeVisitor()
    const { body: added } = await register(token)
    const made = makeAuthenticator().create(await creation(token))
    app.advance(10 * MINUTE)
    const path = `/auth/passkey/${added.id}`
    for (const [method, where, body] of [
      ['POST', '/auth/passkey/register/options'],
      ['POST', '/auth/passkey/register/verify', made],
      ['DELETE', path],
    ] as const) {
      const answer = await call(method, where, { token, body })
      expect([where, answer.status, answer.body?.code]).toEqual([
        where,
        403,
        'fresh_proof_required',
      ])
    }
    expect((await call('PATCH', path, { token, body: { name: 'x' } })).status).toBe(200)
  })

  test('is refused in a session that a service has opened', async () => {
    const { id } = await makeShopper(app)
    const token = await app.shopperToken(id)
    const { body } = await call('POST', '/auth/passkey/register/options', { token })
    expect(body.code).toBe('fresh_proof_required')
  })
})

describe('an account', () => {
  test('has one name for all authenticators, and each is told what there is', async () => {
    const { token } = await makeVisitor()
    const authenticator = makeAuthenticator()
    const first = await creation(token)
    await register(token, authenticator)
    const second = await creation(token)
    expect(second.user.id).toBe(first.user.id)
    const [own] = authenticator.passkeys
    expect(second.excludeCredentials).toEqual([
      { type: 'public-key', id: own?.id, transports: ['internal', 'hybrid'] },
    ])
    await expect(register(token, authenticator)).rejects.toThrow('it has one already')
    expect((await creation((await makeVisitor()).token)).user.id).not.toBe(first.user.id)
  })

  test('has twenty passkeys at most, also when two are added at once', async () => {
    const { token } = await makeVisitor()
    for (let n = 0; n < 19; n++) expect((await register(token)).status).toBe(200)
    const made = [makeAuthenticator(), makeAuthenticator()]
    const options = [await creation(token), await creation(token)]
    const answers = await Promise.all(
      made.map((one, n) =>
        call('POST', '/auth/passkey/register/verify', { token, body: one.create(options[n]) }),
      ),
    )
    expect(answers.map(({ status, body }) => body.code ?? status).toSorted()).toEqual([
      200,
      'passkey_limit_reached',
    ])
    const full = await call('POST', '/auth/passkey/register/options', { token })
    expect([full.status, full.body.code]).toEqual([409, 'passkey_limit_reached'])
  })
})
