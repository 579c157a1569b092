import { expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { makeAuthenticator } from '../../support/authenticator.ts'
import { passkeysIn } from '../../support/passkey.ts'
import { logIn as logInByPassword, makeShopper } from '../../support/shopper.ts'

/** As in `wrangler.toml`: the shop is at port 3000 of this machine. */
const settings = { shopUrl: 'http://localhost:3000', cors_origins: ['http://localhost:3000'] }
const local = await startTestApp({ development: true, settings })
const production = await startTestApp({ settings })

/** What a page at an origin is answered when it makes a passkey, and when it logs in with one that the shop's own page has made. */
async function statuses(app: typeof local, origin: string): Promise<number[]> {
  const { register, logIn } = passkeysIn(app)
  const { accessToken } = await logInByPassword(app, await makeShopper(app))
  const made = await register(accessToken, makeAuthenticator({ origin }))
  const authenticator = makeAuthenticator({ origin: settings.shopUrl })
  await register(accessToken, authenticator)
  return [made.status, (await logIn(authenticator, { origin })).status]
}

test.each(['http://localhost:5173', 'https://localhost', 'http://shop.localhost:4321'])(
  'in development a page of this machine uses the passkeys of the shop at any port: %s',
  async (origin) => {
    expect(await statuses(local, origin)).toEqual([200, 200])
    expect(await statuses(production, origin)).toEqual([422, 401])
  },
)

test.each(['http://127.0.0.1:3000', 'http://localhost.evil.example', 'https://evil.example'])(
  'a page that is not at the domain of the passkeys does not: %s',
  async (origin) => {
    expect(await statuses(local, origin)).toEqual([422, 401])
  },
)
