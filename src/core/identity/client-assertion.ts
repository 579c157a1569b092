import { createHash } from 'node:crypto'
import { compactVerify, decodeJwt, decodeProtectedHeader, errors } from 'jose'
import * as z from 'zod'
import { algorithmsOf, canonicalKeyText, type PublicKey } from '#core/context'
import type { Client, ProvenClient } from './client.ts'
import * as query from './generated/query.ts'

/** RFC 7523, 2.2: the value of `client_assertion_type`. */
export const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** An assertion must end within this time: its `jti` is remembered for as long. */
const LONGEST_SECONDS = 5 * 60
/** How far the client's clock may be ahead. */
const AHEAD_SECONDS = 30

/** RFC 7523, 3. This service alone is the audience: an assertion for more than one could be used by one of them at another. */
const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  exp: z.number(),
  jti: z.string().min(1).max(256),
  iat: z.number().optional(),
  nbf: z.number().optional(),
})
type Claims = z.output<typeof Claims>

type At = { readonly issuer: string; readonly now: Date }

/** The client that an assertion names. It does not check the assertion. */
export function clientIdInAssertion(assertion: string): string {
  try {
    return decodeJwt(assertion).sub ?? ''
  } catch {
    return ''
  }
}

/** The client, if it has signed the assertion (`private_key_jwt`, RFC 7523); null otherwise. */
export async function verifyClientAssertion(
  client: Client,
  assertion: string,
  at: At,
): Promise<ProvenClient | null> {
  const key = await signerOf(client.keys, assertion)
  const { data: claims } = Claims.safeParse(key === null ? null : decodeJwt(assertion))
  if (key === null || claims === undefined || !isGood(claims, client.id, at)) return null
  const { tenant, id } = client
  const expiresAt = new Date(claims.exp * 1000).toISOString()
  const hash = hashOf(`client-assertion ${id} ${claims.jti}`)
  return {
    ...client,
    shown: canonicalKeyText(key),
    spent: { assertion: query.spendClientAssertion({ tenant, hash, expiresAt }) },
  }
}

function isGood({ iss, sub, aud, exp, iat, nbf }: Claims, id: string, { issuer, now }: At) {
  const seconds = now.getTime() / 1000
  const begins = Math.max(iat ?? 0, nbf ?? 0)
  return (
    iss === id &&
    sub === id &&
    aud === issuer &&
    exp > seconds &&
    exp <= seconds + LONGEST_SECONDS &&
    begins <= seconds + AHEAD_SECONDS
  )
}

/** The key that has signed the assertion; null if none has. */
async function signerOf(keys: readonly PublicKey[], assertion: string): Promise<PublicKey | null> {
  for (const key of candidates(keys, assertion)) {
    try {
      await compactVerify(assertion, key, { algorithms: algorithmsOf(key) })
      return key
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error
    }
  }
  return null
}

/** The keys that fit the assertion's header. */
function candidates(keys: readonly PublicKey[], assertion: string): readonly PublicKey[] {
  try {
    const { kid, alg } = decodeProtectedHeader(assertion)
    return keys.filter(
      (key) =>
        (kid === undefined || key.kid === undefined || key.kid === kid) &&
        algorithmsOf(key).some((one) => one === alg),
    )
  } catch {
    return []
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
