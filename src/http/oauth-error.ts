import { type RefusalCode, refusals } from '#kernel/error'
import { accessByRoute, nounAndKeyOfEachRoute } from './access.ts'

/** Refusals that are errors of RFC 6749 (5.2) or RFC 7009 (2.2.1) themselves. */
const own = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'unsupported_token_type',
] as const satisfies readonly RefusalCode[]

/** RFC 6749, 4.1.2.1: section 5.2 has no error for a fault of the server. */
const faults = ['temporarily_unavailable', 'server_error'] as const

export const oauthErrorCodes = [...own, ...faults]
type OAuthError = (typeof oauthErrorCodes)[number]

/** The members by which clients of OAuth understand a refusal of any kind. */
export function oauthMembers(code: RefusalCode, status: number, detail: string) {
  return { error: errorOf(code, status), error_description: describe(code, detail) }
}

/** Of the characters that RFC 6749, 5.2, allows. */
function describe(code: RefusalCode, detail: string): string {
  const text = FOREIGN.test(detail) ? refusals[code] : detail
  return text.replaceAll('…', '...')
}
const FOREIGN = /[^\x20\x21\x23-\x5b\x5d-\x7e]/

function errorOf(code: RefusalCode, status: number): OAuthError {
  const itself = own.find((error) => error === code)
  if (itself !== undefined) return itself
  if (status === 429 || status === 503) return 'temporarily_unavailable'
  return status === 500 ? 'server_error' : 'invalid_request'
}

const paths = new Set(
  nounAndKeyOfEachRoute
    .filter(([, key]) => 'oauth' in accessByRoute[key])
    .map(([, key]) => key.split(' ')[1]),
)

/** Whether the routes of this path speak OAuth. */
export const speaksOAuth = (path: string): boolean => paths.has(path)
