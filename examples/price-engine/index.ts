import { createRemoteJWKSet, errors, jwtVerify } from 'jose'

type Env = { readonly ISSUER: string; readonly TENANT: string }
type Claims = { tenant?: string; groups?: string[]; groups_truncated?: boolean }

const FULL = 2500 // minor units
const factors = Object.entries({ wholesale: 0.7, vip: 0.9 }) // the first that fits
let keys: ReturnType<typeof createRemoteJWKSet> | undefined // fetched once, and again for a new key

async function groupsIn(token: string, { ISSUER, TENANT }: Env): Promise<readonly string[]> {
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

/** The token is to blame, and not keys that cannot be fetched. */
const isRefused = (error: unknown): boolean =>
  error instanceof errors.JOSEError && !/_(GENERIC|TIMEOUT)$/.test(error.code)

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.get('Authorization') ?? '') ?? []
    try {
      const groups = token === undefined ? [] : await groupsIn(token, env)
      const [group = null, factor = 1] = factors.find(([key]) => groups.includes(key)) ?? []
      return Response.json({ price: Math.round(FULL * factor), group })
    } catch (error) {
      return Response.json({ error: String(error) }, { status: isRefused(error) ? 401 : 503 })
    }
  },
}
