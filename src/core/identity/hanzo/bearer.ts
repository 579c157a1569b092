import { createHash } from 'node:crypto'
import type { JWTHeaderParameters } from 'jose'
import * as z from 'zod'
import { makeVerifier } from '../verifier.ts'
import type { HanzoIssuer } from './issuer.ts'
import type { HanzoService, HanzoTenant } from './tenant.ts'

/** What of Hanzo's claims is read. Not its roles, groups, permissions or `isAdmin`: what someone may do here is said here. */
const Claims = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(500),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  owner: z.string(),
  name: z.string().max(300).default(''),
  email: z.string().default(''),
  scope: z.string().default(''),
  tokenType: z.string().optional(),
  isForbidden: z.boolean().optional(),
  isDeleted: z.boolean().optional(),
  iat: z.number(),
  exp: z.number(),
})
type Claims = z.output<typeof Claims>

/** Whom an access token of Hanzo ID speaks for. */
export type Bearer = {
  readonly at: HanzoTenant
  readonly clientId: string
  readonly exp: number
  readonly issuedAt: Date
} & (
  | { readonly service: HanzoService; readonly scope: string }
  | { readonly service: null; readonly identity: string; readonly name: string }
)

/** Who someone is: issuer and subject, never an e-mail address. As it is stored. */
export const identityOf = (issuer: string, subject: string): string =>
  createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url')

/** Asymmetric ones, whatever a token says of itself. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']
const CLOCK_TOLERANCE = 10

/** Checks access tokens of one issuer, for the tenants whose people it keeps. Refuses `invalid_token`, `issuer_unavailable`. */
export function makeBearerReader(
  issuer: HanzoIssuer,
  tenants: readonly HanzoTenant[],
  now: () => Date,
): (token: string) => Promise<Bearer> {
  return makeVerifier<Bearer>({
    keys: issuer.keys,
    now,
    kid: /^[\x21-\x7e]{1,200}$/,
    issuer: issuer.url,
    audience: tenants.flatMap((at) => [
      ...audienceOf(at),
      ...at.services.map(({ clientId }) => clientId),
    ]),
    algorithms: ALGORITHMS,
    clockTolerance: CLOCK_TOLERANCE,
    requiredClaims: ['exp', 'iat', 'sub', 'owner'],
    readClaims: (payload, header) => readBearer(tenants, payload, header),
  })
}

/** An application that several organizations share says for which of them a token is. */
const audienceOf = ({ clientId, organization }: HanzoTenant): string[] => [
  clientId,
  `${clientId}-org-${organization}`,
]

function readBearer(
  tenants: readonly HanzoTenant[],
  payload: unknown,
  header: JWTHeaderParameters,
): Bearer | null {
  const claims = Claims.safeParse(payload).data
  if (claims === undefined || !isAccessToken(claims, header)) return null
  if (claims.isForbidden === true || claims.isDeleted === true) return null
  const audience = [claims.aud].flat()
  return readService(tenants, claims, audience) ?? readPerson(tenants, claims, audience)
}

/** A refresh token is a token of the same key with the same claims but this one; where it is missing, the header must say it. */
const isAccessToken = ({ tokenType }: Claims, { typ }: JWTHeaderParameters): boolean =>
  tokenType === undefined
    ? /^(application\/)?at\+jwt$/i.test(typ ?? '')
    : tokenType === 'access-token'

function readService(
  tenants: readonly HanzoTenant[],
  claims: Claims,
  audience: readonly string[],
): Bearer | null {
  for (const at of tenants) {
    const service = at.services.find(({ subject }) => subject === claims.sub)
    if (service === undefined || claims.email !== '') continue
    const { clientId } = service
    const isItsOwn = audience.includes(clientId) && (claims.azp ?? clientId) === clientId
    return isItsOwn
      ? { ...common(at, claims, clientId), service, scope: scopeOf(service, claims) }
      : null
  }
  return null
}

/** What it may do is said in our settings; a token that names scopes of ours has only those. */
function scopeOf({ scopes }: HanzoService, { scope }: Claims): string {
  const named = scope.split(' ').filter((word) => /^\w+:\w+$/.test(word))
  return scopes.filter((known) => named.length === 0 || named.includes(known)).join(' ')
}

function readPerson(
  tenants: readonly HanzoTenant[],
  claims: Claims,
  audience: readonly string[],
): Bearer | null {
  const at = tenants.find(({ organization }) => organization === claims.owner)
  if (at === undefined || !audienceOf(at).some((known) => audience.includes(known))) return null
  if ((claims.azp ?? at.clientId) !== at.clientId) return null
  const identity = identityOf(claims.iss, claims.sub)
  return { ...common(at, claims, at.clientId), service: null, identity, name: claims.name }
}

const common = (at: HanzoTenant, { exp, iat }: Claims, clientId: string) => ({
  at,
  clientId,
  exp,
  issuedAt: new Date(iat * 1000),
})
