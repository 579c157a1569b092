import { withParameters } from './redirect-uri.ts'
import type { Target } from './request.ts'

/** The error codes of the authorization response (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6), with a sentence for developers. */
const meanings = {
  invalid_request: 'A parameter is missing, malformed or repeated. PKCE with S256 is required.',
  unsupported_response_type: 'The only supported response type is code.',
  unauthorized_client: 'This client may not use this grant.',
  invalid_scope: 'The only scope for shoppers is account.',
  login_required: 'Each authorization needs a login. Ask again without prompt=none.',
  access_denied: 'The shopper did not log in.',
  temporarily_unavailable: 'The login does not work at the moment.',
} as const
export type AuthorizationError = keyof typeof meanings

/** The URL that tells the client of an error. @param issuer so that the client knows who answers (RFC 9207). */
export const errorResponseUrl = (
  issuer: string,
  { redirectUri, state }: Target,
  error: AuthorizationError,
): string =>
  withParameters(redirectUri, {
    error,
    error_description: meanings[error],
    ...(state === null ? {} : { state }),
    iss: issuer,
  })

/** The URL that brings the client its code. */
export const codeResponseUrl = (
  issuer: string,
  { redirectUri, state }: Target,
  code: string,
): string =>
  withParameters(redirectUri, { code, ...(state === null ? {} : { state }), iss: issuer })
