import type { JWTHeaderParameters } from 'jose'
import * as z from 'zod'
import { lengthAtLeast, lengthAtMost } from '#kernel/length'
import { EpochSeconds } from '#kernel/moment'
import {
  CLOCK_TOLERANCE_SECONDS,
  JWT_ALGORITHMS,
  KEY_ID_PATTERN,
  makeAccessTokenVerifier,
} from '../access-token-verifier.ts'
import { identityHash } from '../oidc/identity-hash.ts'
import type { OidcIssuer } from '../oidc/issuer.ts'
import type { HanzoService, HanzoTenant } from './tenant.ts'

/** The claims of Hanzo that are read. Its roles, groups, permissions and `isAdmin` are not: this service decides what a caller may do. */
const Claims = z.object({
  iss: z.string(),
  sub: z.string().check(lengthAtLeast(1), lengthAtMost(500)),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  owner: z.string(),
  name: z.string().check(lengthAtMost(300)).default(''),
  email: z.string().default(''),
  email_verified: z.boolean().catch(false),
  scope: z.string().default(''),
  tokenType: z.string().optional(),
  isForbidden: z.boolean().optional(),
  isDeleted: z.boolean().optional(),
  nonce: z.string().optional().catch(undefined),
  iat: EpochSeconds,
  exp: EpochSeconds,
})
type Claims = z.output<typeof Claims>

/** The bearer of an access token of Hanzo ID. */
export type HanzoBearer = {
  readonly at: HanzoTenant
  readonly clientId: string
  readonly exp: number
  readonly issuedAt: Date
} & (
  | { readonly service: HanzoService; readonly scope: string }
  | ({ readonly service: null } & Person)
)

type Person = {
  readonly identity: string
  readonly subject: string
  /** The user's name at the provider; it proves nothing. */
  readonly name: string
  /** The provider's claim about the address. This service does not trust it. */
  readonly email: string
  readonly isEmailVerified: boolean
  /** The nonce of the login for which the token was issued. */
  readonly nonce: string | null
}

/** Checks access tokens of one issuer, for the tenants that use it. Refuses `invalid_token`, `issuer_unavailable`. */
export function makeHanzoTokenCheck(
  issuer: OidcIssuer,
  tenants: readonly HanzoTenant[],
  now: () => Date,
): (token: string) => Promise<HanzoBearer> {
  return makeAccessTokenVerifier<HanzoBearer>({
    keys: issuer.keys,
    now,
    kid: KEY_ID_PATTERN,
    issuer: issuer.url,
    audience: tenants.flatMap((at) => [
      ...hanzoAudiences(at),
      ...at.services.map(({ clientId }) => clientId),
    ]),
    algorithms: JWT_ALGORITHMS,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['exp', 'iat', 'sub', 'owner'],
    readClaims: (payload, header) => readBearer(tenants, payload, header),
  })
}

/** An application that several organizations share names the organization in the audience. */
export const hanzoAudiences = ({ clientId, organization }: HanzoTenant): string[] => [
  clientId,
  `${clientId}-org-${organization}`,
]

function readBearer(
  tenants: readonly HanzoTenant[],
  payload: unknown,
  header: JWTHeaderParameters,
): HanzoBearer | null {
  const claims = Claims.safeParse(payload).data
  if (claims === undefined || !isAccessToken(claims, header)) return null
  if (claims.isForbidden === true || claims.isDeleted === true) return null
  const audience = [claims.aud].flat()
  return readService(tenants, claims, audience) ?? readPerson(tenants, claims, audience)
}

/** A refresh token has the same key and claims except `tokenType`. Without that claim, the header must name the type. */
const isAccessToken = ({ tokenType }: Claims, { typ }: JWTHeaderParameters): boolean =>
  tokenType === undefined
    ? /^(application\/)?at\+jwt$/i.test(typ ?? '')
    : tokenType === 'access-token'

function readService(
  tenants: readonly HanzoTenant[],
  claims: Claims,
  audience: readonly string[],
): HanzoBearer | null {
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

/** The settings say what a service may do. A token that names some of those scopes has only these. */
function scopeOf({ scopes }: HanzoService, { scope }: Claims): string {
  const named = scope.split(' ').filter((word) => /^\w+:\w+$/.test(word))
  return scopes.filter((known) => named.length === 0 || named.includes(known)).join(' ')
}

function readPerson(
  tenants: readonly HanzoTenant[],
  claims: Claims,
  audience: readonly string[],
): HanzoBearer | null {
  const at = tenants.find(({ organization }) => organization === claims.owner)
  if (at === undefined || !hanzoAudiences(at).some((known) => audience.includes(known))) return null
  if ((claims.azp ?? at.clientId) !== at.clientId) return null
  const { iss, sub: subject, name, email, email_verified: isEmailVerified, nonce = null } = claims
  return {
    ...common(at, claims, at.clientId),
    service: null,
    ...{ identity: identityHash(iss, subject), subject, name, email, isEmailVerified, nonce },
  }
}

const common = (at: HanzoTenant, { exp, iat }: Claims, clientId: string) => ({
  at,
  clientId,
  exp,
  issuedAt: new Date(iat * 1000),
})
