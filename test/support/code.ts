import { createHash, randomBytes } from 'node:crypto'
import { checkLogin } from '#core/account'
import { finishPageLogin } from '#core/authorization'
import { systemContext } from '../../src/runtime.ts'
import { CALLBACK, type TestApp } from './app.ts'
import type { Shopper } from './shopper.ts'

/** What a client keeps to itself (RFC 7636). */
export const makeVerifier = (): string => randomBytes(32).toString('base64url')
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url')

type Wish = { readonly client?: string; readonly redirectUri?: string; readonly verifier?: string }

/** The code of a login, without the page: its first half is what the page does when the password is right. */
export async function giveCodeTo(
  app: TestApp,
  { email, password }: Shopper,
  {
    client: id = `${app.tenant}-storefront`,
    redirectUri = CALLBACK,
    verifier = makeVerifier(),
  }: Wish = {},
) {
  const { runtime, tenant } = app
  const client = runtime.config.clients.get(id)
  if (client === undefined) throw new Error(`no client ${id}`)
  const ctx = systemContext(runtime, tenant, 'test')
  const request = { client, redirectUri, state: null, challenge: challengeOf(verifier) }
  const login = await checkLogin(ctx, { email, password, deviceToken: undefined })
  const url = new URL(await finishPageLogin(ctx, runtime.identity.issuer.url, request, login))
  return { code: url.searchParams.get('code') ?? '', verifier, redirectUri, client: id }
}
export type Given = Awaited<ReturnType<typeof giveCodeTo>>

type Fields = Readonly<Record<string, string>>

/** Exchanges a code as its client does. A change of null leaves a parameter out. */
export async function exchange(
  app: TestApp,
  { code, verifier, redirectUri, client }: Given,
  change: Readonly<Record<string, string | null>> = {},
  headers: Fields = {},
) {
  const fields = {
    grant_type: 'authorization_code',
    client_id: client,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...change,
  }
  const sent = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  )
  const body = new URLSearchParams(sent)
  const response = await app.request('/oauth/token', { method: 'POST', body, headers })
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  const answer: any = await response.json()
  return { status: response.status, headers: response.headers, body: answer, said: answer.error }
}

/** Whether an access token is let in. */
export const isLetIn = async (app: TestApp, token: string): Promise<boolean> =>
  (await app.call('GET', '/auth/me', { token })).status === 200
