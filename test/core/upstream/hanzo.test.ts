import { describe, expect, test, vi } from 'vitest'
import { Refusal } from '#kernel/error'
import { PASSWORD, startHanzoApp } from '../../support/hanzo.ts'
import type { HanzoUser } from '../../support/hanzo-users.ts'
import { query } from '../../support/rows.ts'
import { someAddress } from '../../support/shopper.ts'
import { loginPage } from '../../support/upstream.ts'

const lines: string[] = []
for (const level of ['warn', 'error'] as const) {
  vi.spyOn(console, level).mockImplementation((line) => void lines.push(String(line)))
}

const failed = (why: string) => ({ page: 'the page', is: 'failed', why })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

/** A shop whose shoppers log in at Hanzo ID, and there alone. */
async function startShop(api: 'iam' | 'casdoor') {
  const shop = await startHanzoApp({ api, settings: { hanzo_password_grant: false } })
  const page = loginPage(shop.app)
  const someone = (email = someAddress()) =>
    shop.hanzo.addUser({
      ...{ owner: shop.tenant, name: `user-${shop.hanzo.users.length}`, password: PASSWORD },
      ...{ email: email.toLowerCase(), emailVerified: true },
    })
  const visit = async (user: HanzoUser, more: object = {}) => {
    const brought = shop.hanzo.visit(await page.begin('hanzo', more), user)
    if ('status' in brought) throw new Error(`Hanzo ID answered ${brought.status}`)
    return brought
  }
  const logIn = async (user: HanzoUser) => page.finish(await visit(user))
  const prove = async (user: HanzoUser) => {
    const finished = await logIn(user)
    if (finished?.is !== 'proven') throw new Error(`the login failed: ${finished?.why}`)
    return finished.identity
  }
  return { ...shop, page, someone, visit, logIn, prove }
}

describe.each(['iam', 'casdoor'] as const)('a login at Hanzo ID (%s)', async (api) => {
  const shop = await startShop(api)
  const { app, hanzo, page, someone, visit, logIn, prove, call, tenant } = shop

  test('brings the identity, with the tokens of its session', async () => {
    const user = someone()
    const identity = await prove(user)
    expect(identity).toMatchObject({
      ...{ provider: 'hanzo', email: user.email, isEmailVerified: true },
      account: { name: user.name, tokens: { accessToken: expect.stringMatching(/^eyJ/) } },
    })
    expect(identity.account?.tokens.refreshToken).toEqual(expect.any(String))
  })

  test('is asked for with PKCE, at the callback without a name', async () => {
    const { searchParams } = new URL(await page.begin('hanzo'))
    expect(Object.fromEntries(searchParams)).toMatchObject({
      redirect_uri: 'http://customer.test/oauth/callback',
      scope: 'openid profile email',
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]+$/),
    })
  })

  test('of one code is good once', async () => {
    const brought = await visit(someone())
    expect(await page.finish(brought)).toMatchObject({ is: 'proven' })
    expect(await page.finish(brought)).toEqual(failed('expired'))
  })

  test('by a code that was not exchanged at once is over', async () => {
    const brought = await visit(someone())
    shop.advance(6 * 60_000)
    expect(await page.finish(brought)).toEqual(failed('expired'))
  })

  test.each([
    ['another nonce', { nonce: 'other' }],
    ['no nonce', { nonce: undefined }],
  ])('with %s is none', async (_, claims) => {
    hanzo.state.idClaims = claims
    expect(await logIn(someone())).toEqual(failed('untrusted'))
    hanzo.state.idClaims = {}
  })

  test.each([
    ['another organization', { owner: 'another-org' }],
    ['another issuer', { iss: 'https://hanzo.example' }],
    ['another audience', { aud: 'other' }],
    ['a refresh token in place of the access token', { tokenType: 'refresh-token' }],
  ])('with a token of %s lets nobody in', async (_, claims) => {
    hanzo.state.claims = claims
    expect(await logIn(someone())).toEqual(failed('issuer_unavailable'))
    hanzo.state.claims = {}
  })

  test('with an issuer in the answer is compared, though Hanzo ID never names itself', async () => {
    const brought = await visit(someone())
    brought.parameters.set('iss', 'https://evil.example')
    expect(await page.finish(brought)).toEqual(failed('untrusted'))
    brought.parameters.set('iss', hanzo.url)
    expect(await page.finish(brought)).toMatchObject({ is: 'proven' })
  })

  test('at a callback of another provider is none', async () => {
    const brought = await visit(someone())
    const url = 'http://customer.test/oauth/callback/social'
    expect(await page.finish({ ...brought, url })).toBeNull()
  })

  test('is good with a key that is new, and with one that was known', async () => {
    await hanzo.keys.rotate()
    expect(await logIn(someone())).toMatchObject({ is: 'proven' })
    await hanzo.keys.rotate({ alg: 'ES256', withdraw: true })
    expect(await logIn(someone())).toMatchObject({ is: 'proven' })
  })

  test.each(['cut', 'fail', 'page', 'error', 'hang'] as const)(
    'is put off while Hanzo ID is away (%s)',
    async (how) => {
      const brought = await visit(someone())
      hanzo.state.fault = { path: 'oauth', how }
      expect(await page.finish(brought)).toEqual(failed('issuer_unavailable'))
      hanzo.state.fault = null
      expect(await logIn(someone())).toMatchObject({ is: 'proven' })
    },
  )

  test('is told as unavailable when the application may not use codes', async () => {
    const { grants } = hanzo.state
    hanzo.state.grants = ['refresh_token']
    expect(await logIn(someone())).toEqual(failed('issuer_unavailable'))
    hanzo.state.grants = grants
  })

  test('opens nothing until a code of a mail links it, and the account from then on', async () => {
    const user = someone()
    const identity = await prove(user)
    expect(await page.enter(identity)).toBeNull()
    const id = await page.link(identity, await page.codeFor(user.email))
    expect(await page.enter(await prove(user))).toBe(id)
    const mail = await page.mails.next(user.email)
    expect(mail.subject).toContain('with Hanzo ID')
    // It is the password of the account, and not in the list of its logins at other providers.
    expect(mail.text).not.toContain('remove it')
    const { body } = await call('GET', `/customer/${id}`)
    expect(body).toMatchObject({ status: 'active', emailVerified: true })
  })

  test('of somebody else with the same address opens nothing', async () => {
    const [user, other] = [someone(), someone()]
    await page.link(await prove(user), await page.codeFor(user.email))
    other.email = user.email
    expect(await page.enter(await prove(other))).toBeNull()
  })

  test('takes the place of another one, whose sessions end', async () => {
    const email = someAddress()
    const { body } = await call('POST', '/customer', { body: { email, password: PASSWORD } })
    const [before] = await query<{ name: string }>(
      `select split_part(password_hash, '$', 4) as name from customer where tenant = $1 and id = $2`,
      [tenant, body.id],
    )
    const made = hanzo.users.find(({ name }) => name === before?.name)
    const own = someone()
    await page.mails.all()
    // The user that was made for the account logs in with the address first.
    const first = await prove(made ?? never())
    expect(await codeOf(page.enter(first))).toBe('email_unverified')
    await app.shopperToken(body.id)
    const sessions = () =>
      query('select id from session where tenant = $1 and customer_id = $2', [tenant, body.id])
    expect(await sessions()).toHaveLength(1)
    const id = await page.link(await prove(own), await page.codeFor(email))
    expect(id).toBe(body.id)
    expect(await page.enter(await prove(own))).toBe(id)
    expect(await page.enter(await prove(made ?? never()))).toBeNull()
    expect(await sessions()).toEqual([])
    // The user that was made for the account lets nobody in at Hanzo ID either.
    await shop.cron()
    await shop.drain()
    expect(made?.isForbidden).toBe(true)
  })

  test('has one account', async () => {
    const user = someone()
    await page.link(await prove(user), await page.codeFor(user.email))
    const typed = await page.codeFor(someAddress())
    expect(await codeOf(page.link(await prove(user), typed))).toBe('identity_taken')
  })

  test('lets a disabled account in no more, and a merged one neither until it is parted', async () => {
    const [user, other] = [someone(), someone()]
    const id = await page.link(await prove(user), await page.codeFor(user.email))
    const into = await page.link(await prove(other), await page.codeFor(other.email))
    const merged = await call('POST', `/customer/${into}/merge`, { body: { from: id } })
    expect(await page.enter(await prove(user))).toBeNull()
    await call('POST', `/merge/${merged.body.id}/undo`)
    expect(await page.enter(await prove(user))).toBe(id)
    await call('POST', `/customer/${id}/disable`)
    expect(await codeOf(page.enter(await prove(user)))).toBe('customer_disabled')
  })
})

test('one generation keeps a prompt from being passed over, and says so', async () => {
  const shop = await startShop('iam')
  const brought = await shop.visit(shop.someone(), { prompt: 'none' })
  expect(await shop.page.finish(brought)).toEqual(failed('cancelled'))
})

test.each(['iam', 'casdoor'] as const)(
  'a callback that was not registered leads nowhere (%s)',
  async (api) => {
    const shop = await startShop(api)
    shop.hanzo.state.redirectUris.length = 0
    const answer = shop.hanzo.visit(await shop.page.begin('hanzo'), shop.someone())
    expect('status' in answer).toBe(true)
  },
)

test('an id token of another person than the access token is none', async () => {
  const shop = await startShop('iam')
  shop.hanzo.state.idClaims = { sub: 'somebody-else' }
  expect(await shop.logIn(shop.someone())).toEqual(failed('untrusted'))
})

test('what was logged holds no password, secret, token or address', () => {
  expect(lines.length).toBeGreaterThan(0)
  const all = lines.join('\n')
  for (const secret of [PASSWORD, 'hanzo-secret', 'eyJ', '@example', '@Example']) {
    expect(all).not.toContain(secret)
  }
})

function never(): never {
  throw new Error('there is none')
}
