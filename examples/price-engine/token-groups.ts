import { createRemoteJWKSet, errors, jwtVerify } from 'jose'

export type Shop = { readonly ISSUER: string; readonly TENANT: string }
type Claims = { tenant?: string; groups?: string[]; groups_truncated?: boolean }

let keys: ReturnType<typeof createRemoteJWKSet> | undefined // fetched once, and again for a new key

/** The groups of the shopper to whom an access token belongs. Rejects with an error of jose if the token is not valid here. */
export async function groupsIn(
  token: string,
  { ISSUER, TENANT }: Shop,
): Promise<readonly string[]> {
  keys ??= createRemoteJWKSet(new URL('/.well-known/jwks.json', ISSUER))
  const options = { issuer: ISSUER, audience: ISSUER, typ: 'at+jwt', algorithms: ['ES256'] }
  const { payload } = await jwtVerify<Claims>(token, keys, options)
  // One issuer has many shops, and each has its own group "vip".
  if (payload.tenant !== TENANT) throw new errors.JWTInvalid('The token is of another shop.')
  return payload.groups_truncated ? askForGroups(token, ISSUER) : (payload.groups ?? [])
}

/** A token has room for 50 groups, and says so if there are more. */
async function askForGroups(token: string, issuer: string): Promise<readonly string[]> {
  const headers = { Authorization: `Bearer ${token}` }
  const answer = await fetch(new URL('/customer/me', issuer), { headers })
  if (!answer.ok) throw new Error(`The customer service answered ${answer.status}.`)
  return (await answer.json<{ groups: string[] }>()).groups
}

/** Whether the token is to blame, and not keys that cannot be fetched. */
export const isTokenRefused = (error: unknown): boolean =>
  error instanceof errors.JOSEError && !/_(GENERIC|TIMEOUT)$/.test(error.code)
