import type { Context as HonoContext } from 'hono'
import type { Refusal, RefusalCode } from '#kernel/error'
import { access, neededScope } from './access.ts'
import type { Env } from './env.ts'
import { statusByRefusal } from './problem-status.ts'
import { wellKnownUrl } from './well-known-path.ts'

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
    error === 'insufficient_scope' ? (details.scope ?? neededScope(access[c.get('route')])) : null
  const parameters = {
    realm: publicUrl,
    ...(error === undefined ? {} : { error }),
    ...(scope === null ? {} : { scope }),
    resource_metadata: wellKnownUrl('oauth-protected-resource', publicUrl),
  }
  const written = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`)
  return `Bearer ${written.join(', ')}`
}

/** Whether a shopper was refused at a route of shoppers: no other token of that shopper may more. */
const isOwnBound = (c: HonoContext<Env>, code: RefusalCode): boolean =>
  code === 'caller_not_allowed' &&
  c.get('shown')?.customerId !== undefined &&
  'shopper' in access[c.get('route')]
