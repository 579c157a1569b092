import type { TestApp } from './app.ts'
import { type Authenticator, type Faults, makeAuthenticator } from './authenticator.ts'

/** How shoppers of an app come by passkeys and log in with them. */
export function passkeysIn(app: TestApp) {
  const { call } = app

  const creation = async (token: string) =>
    (await call('POST', '/auth/passkey/register/options', { token })).body
  const request = async () =>
    (await call('POST', '/auth/passkey/login/options', { token: await app.storefrontToken() })).body

  /** Adds a passkey in a session; its answer. */
  async function register(
    token: string,
    authenticator: Authenticator = makeAuthenticator(),
    faults: Faults & { readonly name?: string } = {},
  ) {
    const { name, ...others } = faults
    const made = authenticator.create(await creation(token), others)
    const body = name === undefined ? made : { ...made, name }
    return call('POST', '/auth/passkey/register/verify', { token, body })
  }

  const verify = async (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    call('POST', '/auth/passkey/login/verify', {
      token: await app.storefrontToken(),
      body,
      headers,
    })

  /** Logs in with the newest passkey of an authenticator; its answer. */
  const logIn = async (authenticator: Authenticator, faults: Faults = {}) =>
    verify(authenticator.get(await request(), faults))

  return { creation, request, register, verify, logIn }
}
