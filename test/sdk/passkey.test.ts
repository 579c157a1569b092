import { afterEach, expect, test, vi } from 'vitest'
import { Commerce } from '../../src/sdk/index.ts'
import { startTestApp } from '../support/app.ts'
import { makeAuthenticator } from '../support/authenticator.ts'
import { stubBrowser } from '../support/browser.ts'
import { logIn, makeShopper, PASSWORD } from '../support/shopper.ts'

const app = await startTestApp()
const baseUrl = 'http://customer.test'

const page = () =>
  new Commerce({
    baseUrl,
    clientId: `${app.tenant}-storefront`,
    clientSecret: 'secret',
    fetch: (url, init) => app.request(url.slice(baseUrl.length), init),
  })

afterEach(() => void vi.unstubAllGlobals())

test('a page makes a passkey, logs in with it, names and removes it', async () => {
  const { asked } = stubBrowser(makeAuthenticator())
  const shopper = await makeShopper(app)
  const commerce = page()
  commerce.setToken(await logIn(app, shopper))
  const made = await commerce.auth.passkey.register({ name: 'Telephone' })
  expect(made).toMatchObject({ name: 'Telephone', transports: ['internal', 'hybrid'] })

  const other = page()
  const session = await other.auth.passkey.login({ mediation: 'conditional' })
  expect([session.userId, asked[0]?.mediation]).toEqual([shopper.id, 'conditional'])
  other.setToken(session.accessToken)
  const listed = await other.auth.passkey.list()
  expect(listed.data.map(({ id }) => id)).toEqual([made.id])
  expect((await other.auth.passkey.rename(made.id, { name: 'Other' })).name).toBe('Other')
  await other.auth.passkey.remove(made.id)
  expect((await other.auth.passkey.list()).data).toEqual([])
})

test('a proof by passkey takes the place of the session that is set', async () => {
  stubBrowser(makeAuthenticator())
  const shopper = await makeShopper(app)
  const commerce = page()
  commerce.setToken(await logIn(app, shopper))
  await commerce.auth.passkey.register()
  app.advance(11 * 60_000)
  await expect(commerce.auth.passkey.register()).rejects.toMatchObject({
    code: 'fresh_proof_required',
  })
  const session = await commerce.auth.passkey.reauthenticate()
  expect(commerce.session?.accessToken).toBe(session.accessToken)
  expect((await commerce.auth.me()).id).toBe(shopper.id)
  stubBrowser(makeAuthenticator())
  expect((await commerce.auth.passkey.register()).name).toBe('Passkey')
})

test('what the browser refuses comes as it is, and nothing is sent after it', async () => {
  const authenticator = makeAuthenticator()
  stubBrowser(authenticator)
  const shopper = await makeShopper(app)
  const commerce = page()
  commerce.setToken(await logIn(app, shopper))
  await commerce.auth.passkey.register()
  await expect(commerce.auth.passkey.register()).rejects.toMatchObject({
    name: 'InvalidStateError',
  })
  stubBrowser(makeAuthenticator())
  await expect(page().auth.passkey.login()).rejects.toMatchObject({ name: 'NotAllowedError' })
  expect((await commerce.auth.passkey.list()).data).toHaveLength(1)
})

test('elsewhere than in a browser there is none', async () => {
  vi.stubGlobal('navigator', undefined)
  const { email } = await makeShopper(app)
  const commerce = page()
  await expect(commerce.auth.passkey.login()).rejects.toThrow('This is no browser with passkeys.')
  expect((await commerce.auth.login({ email, password: PASSWORD })).userId).toMatch(/^cust_/)
})
