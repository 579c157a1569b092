import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { Refusal } from '#kernel/error'
import { startSocialApp } from '../../support/upstream.ts'

const { app, server, page } = await startSocialApp()
const asForm = await startSocialApp({ more: { response_mode: 'form_post', scopes: ['openid'] } })

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )
const parametersOf = async (more: object = {}) =>
  Object.fromEntries(new URL(await page.begin('social', more)).searchParams)

test('a login begins at the provider, for a code, with PKCE and a nonce', async () => {
  const url = new URL(await page.begin())
  expect(url.origin + url.pathname).toBe('https://id.example/authorize')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    theme: 'shop',
    response_type: 'code',
    client_id: server.clientId,
    redirect_uri: 'http://customer.test/oauth/callback/social',
    scope: 'openid email',
    state: expect.stringMatching(/^[\w-]+$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  })
})

test('each login has its own state, nonce and verifier, and shows none of the secrets', async () => {
  const [one, other] = [await parametersOf(), await parametersOf()]
  for (const name of ['state', 'nonce', 'code_challenge'] as const) {
    expect(one[name]).not.toBe(other[name])
  }
  const brought = server.visit(await page.begin())
  await page.finish(brought)
  const verifier = server.exchanges().at(-1)?.form.get('code_verifier') ?? ''
  expect(verifier).toMatch(/^[\w-]{43}$/)
  const readable = Buffer.from(brought.parameters.get('state') ?? '', 'base64url').toString()
  for (const secret of [verifier, 'the page', app.tenant]) expect(readable).not.toContain(secret)
})

test('what the page was told is passed on, and what it was not told is left out', async () => {
  const more = { prompt: 'select_account', loginHint: 'jane+x@example.com', uiLocales: 'de en' }
  expect(await parametersOf(more)).toMatchObject({
    prompt: 'select_account',
    login_hint: 'jane+x@example.com',
    ui_locales: 'de en',
  })
  expect(await parametersOf({ loginHint: '' })).not.toHaveProperty('login_hint')
})

test('the settings say how the answer comes, and what is asked for', async () => {
  const { searchParams } = new URL(await asForm.page.begin())
  expect(searchParams.get('response_mode')).toBe('form_post')
  expect(searchParams.get('scope')).toBe('openid')
})

test('a provider that the shop does not have begins nothing', async () => {
  expect(await codeOf(page.begin('other'))).toBe('invalid_request')
  expect(await codeOf(page.begin('hanzo'))).toBe('invalid_request')
})

test.each(['cut', 'fail', 'page', 'hang'] as const)(
  'a provider that is away begins nothing (%s)',
  async (how) => {
    const own = await startSocialApp()
    own.server.state.fault = { path: '/', how }
    expect(await codeOf(own.page.begin())).toBe('issuer_unavailable')
    own.server.state.fault = null
    expect(await codeOf(own.page.begin())).toBe('none')
  },
)

test.each([undefined, 'https://127.0.0.1/authorize', 'http://id.example/authorize'])(
  'nobody is sent to %s, whatever the provider says',
  async (place) => {
    const own = await startSocialApp()
    own.server.state.metadata = { authorization_endpoint: place }
    expect(await codeOf(own.page.begin())).toBe('issuer_unavailable')
  },
)

test('the challenge is that of the verifier', async () => {
  const url = await page.begin()
  await page.finish(server.visit(url))
  const verifier = server.exchanges().at(-1)?.form.get('code_verifier') ?? ''
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  expect(new URL(url).searchParams.get('code_challenge')).toBe(challenge)
})
