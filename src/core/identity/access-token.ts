import * as z from 'zod'

/** What an access token says of its bearer (RFC 9068, 2.2), however its issuer spells it. */
export const AccessClaims = z.object({
  sub: z.string(),
  tenant: z.string(),
  client_id: z.string(),
  /** Space separated. */
  scope: z.string(),
  /** Of a shopper's session; services have none. */
  sid: z.string().optional(),
  /** Keys of the shopper's groups, so that a service that makes prices need not ask us. */
  groups: z.array(z.string()).optional(),
})
export type AccessClaims = z.output<typeof AccessClaims>

/** RFC 7519: seconds since 1970. */
export type Expiring = { readonly exp: number }
