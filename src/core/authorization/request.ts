import type { Settings } from '#core/context'
import { type Client, narrowScope } from '#core/identity'
import { SHOPPER_SCOPE } from '#core/session'
import { Refusal } from '#kernel/error'
import { isPkceChallenge } from './code-and-pkce.ts'
import { isIdentityElsewhere, mayUseCodeGrant } from './code-grant-and-identity-elsewhere.ts'
import { isRegisteredRedirectUri } from './redirect-uri.ts'
import type { AuthorizationError } from './response-url.ts'

/** What a client asks of a shopper: to log in, and to send it a code. */
export type AuthorizationRequest = {
  readonly client: Client
  readonly redirectUri: string
  /** The client's own, given back as it is; null without one. */
  readonly state: string | null
  readonly challenge: string
}

/** Where the authorization response goes. */
export type Target = Pick<AuthorizationRequest, 'redirectUri' | 'state'>

type Judged =
  | { readonly is: 'good'; readonly request: AuthorizationRequest }
  /** The client may be told. */
  | { readonly is: 'refused'; readonly target: Target; readonly error: AuthorizationError }
  /** The error is shown on the page only: the redirect URI is not registered, so it may be an attacker's. */
  | { readonly is: 'untrusted'; readonly client: Client | null; readonly why: Mistrust }

/** Why nobody can be told but the person: the client is not known, or the place is not one of the client's. */
export type Mistrust =
  | 'no_client_id'
  | 'unknown_client'
  | 'no_redirect_uri'
  | 'unregistered_redirect_uri'

type Known = {
  readonly clients: ReadonlyMap<string, Client>
  readonly tenants: ReadonlyMap<string, Settings>
}

/** The values of `prompt`. Each request asks for a login, so all but `none` mean the same. */
export const prompts = ['none', 'login', 'select_account', 'consent'] as const

/** Judges an authorization request (RFC 6749, 4.1.1; RFC 7636, 4.3; RFC 9700, 2.1). A parameter without a value counts as left out. */
export function checkAuthorizationRequest(
  parameters: URLSearchParams,
  { clients, tenants }: Known,
): Judged {
  const all = [...parameters].filter(([, value]) => value !== '')
  const repeated = new Set(namesOf(all).filter((name, at, names) => names.indexOf(name) !== at))
  const find = (name: string) =>
    repeated.has(name) ? undefined : all.find(([one]) => one === name)?.[1]
  const clientId = find('client_id')
  const client = clients.get(clientId ?? '') ?? null
  const settings = tenants.get(client?.tenant ?? '')
  const redirectUri = find('redirect_uri')
  const untrusted = (why: Mistrust): Judged => ({ is: 'untrusted', client, why })
  if (clientId === undefined) return untrusted('no_client_id')
  if (client === null || settings === undefined) return untrusted('unknown_client')
  if (redirectUri === undefined) return untrusted('no_redirect_uri')
  if (!isRegisteredRedirectUri(client.redirectUris, redirectUri))
    return untrusted('unregistered_redirect_uri')
  const state = find('state') ?? null
  const error =
    faultOf(find, isIdentityElsewhere(settings)) ?? (repeated.size > 0 ? 'invalid_request' : null)
  const target = { redirectUri, state }
  if (!mayUseCodeGrant(client)) return { is: 'refused', target, error: 'unauthorized_client' }
  if (error !== null) return { is: 'refused', target, error }
  const challenge = find('code_challenge') ?? ''
  return { is: 'good', request: { client, redirectUri, state, challenge } }
}

/** RFC 8707 alone has a parameter that may be there more than once. */
const namesOf = (all: readonly (readonly [string, string])[]): string[] =>
  all.map(([name]) => name).filter((name) => name !== 'resource')

/** What a state may be made of (RFC 6749, appendix A.5), and a length that fits into every URL. */
const STATE = /^[\x20-\x7e]{1,2048}$/

type Find = (name: string) => string | undefined

function faultOf(find: Find, mayBeSilent: boolean): AuthorizationError | null {
  const type = find('response_type')
  if (type === undefined) return 'invalid_request'
  if (type !== 'code') return 'unsupported_response_type'
  // Without a method, the challenge would be the verifier itself (RFC 7636, 4.3).
  if (!isPkceChallenge(find('code_challenge') ?? '')) return 'invalid_request'
  if (find('code_challenge_method') !== 'S256') return 'invalid_request'
  if ((find('response_mode') ?? 'query') !== 'query') return 'invalid_request'
  if (!STATE.test(find('state') ?? '-')) return 'invalid_request'
  return faultOfScope(find('scope')) ?? faultOfPrompt(find('prompt'), mayBeSilent)
}

function faultOfScope(scope: string | undefined): AuthorizationError | null {
  try {
    narrowScope([SHOPPER_SCOPE], scope)
    return null
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid_scope') return 'invalid_scope'
    throw error
  }
}

/** `none` asks for an answer without a screen. This service always needs one. An external provider may already know the shopper. */
function faultOfPrompt(
  prompt: string | undefined,
  mayBeSilent: boolean,
): AuthorizationError | null {
  if (prompt === undefined) return null
  const values = new Set(prompt.split(' ').filter(Boolean))
  const areKnown = [...values].every((value) => prompts.some((known) => known === value))
  if (!areKnown || (values.has('none') && values.size > 1)) return 'invalid_request'
  return values.has('none') && !mayBeSilent ? 'login_required' : null
}
