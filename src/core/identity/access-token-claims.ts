import * as z from 'zod'
import { EpochSeconds } from '#kernel/moment'

/** The claims of an access token (RFC 9068, 2.2), for tokens of all issuers. */
export const AccessClaims = z.object({
  sub: z.string(),
  tenant: z.string(),
  client_id: z.string(),
  /** Space separated. */
  scope: z.string(),
  /** The id of a shopper's session; services have none. */
  sid: z.string().optional(),
  /** A service opened the session: it needs the scope `session:create` as long as the session lasts. */
  by_service: z.literal(true).optional(),
  /** Names the token, so that it can be revoked. */
  jti: z.string().optional(),
  exp: EpochSeconds.optional(),
  /** A keyed hash of the secret with which a client got the token. When the secret is removed, the token is void. */
  mark: z.string().optional(),
  /** Keys of the shopper's groups, so that a pricing service need not ask for them. */
  groups: z.array(z.string()).optional(),
  /** The shopper is in more groups than the token has room for. */
  groups_truncated: z.boolean().optional(),
})
export type AccessClaims = z.output<typeof AccessClaims>

/** RFC 7519: seconds since 1970. */
export type Expiring = { readonly exp: number }
