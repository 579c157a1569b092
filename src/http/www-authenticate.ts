import type { Context as HonoContext } from 'hono'
import type { CallerKind, Refusal, RefusalCode } from '#kernel/error'
import { accessByRoute, neededScope } from './access.ts'
import type { Env } from './env.ts'
import { statusByRefusal } from './problem-status.ts'
import { wellKnownUrl } from './well-known-url-and-routed-path.ts'

/** Errors of RFC 6750, 3.1, for the refusals of a token that was sent. */
const errors: Readonly<Partial<Record<RefusalCode, string>>> = {
  invalid_token: 'invalid_token',
  insufficient_scope: 'insufficient_scope',
  caller_not_allowed: 'insufficient_scope',
}

/**
 * The value of `WWW-Authenticate` for a 401 or 403: RFC 7617 for a client that proves itself, otherwise RFC 6750 with the issuer
 * as the realm, and where to read about it (RFC 9728, 5.1). Null for another status.
 */
export function wwwAuthenticateHeader(
  c: HonoContext<Env>,
  { code, details }: Refusal,
): string | null {
  if (code === 'invalid_client') return 'Basic realm="customer"'
  if (statusByRefusal[code] !== 401 && statusByRefusal[code] !== 403) return null
  const error = isOwnBound(c, code) ? undefined : errors[code]
  const { publicUrl } = c.env.config
  const scope =
    error === 'insufficient_scope'
      ? (details.scope ?? neededScope(accessByRoute[c.get('route')]))
      : null
  const parameters = {
    realm: publicUrl,
    ...(error === undefined ? {} : { error }),
    ...(scope === null ? {} : { scope }),
    resource_metadata: wellKnownUrl('oauth-protected-resource', publicUrl),
  }
  const written = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`)
  return `Bearer ${written.join(', ')}`
}

/** Whether a caller was refused at a route for its own kind of callers: no other scope helps. */
const isOwnBound = (c: HonoContext<Env>, code: RefusalCode): boolean => {
  const kind: CallerKind | undefined = c.get('kind')
  return (
    code === 'caller_not_allowed' && kind !== undefined && kind in accessByRoute[c.get('route')]
  )
}
