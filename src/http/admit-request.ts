import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { type Actor, scopes as knownScopes } from '#core/context'
import type { AccessClaims } from '#core/identity'
import { SHOPPER_SCOPE } from '#core/session'
import { type CallerKind, Refusal } from '#kernel/error'
import { isId } from '#kernel/id'
import type { Access } from './access.ts'
import { readCaller } from './caller-and-edge-place.ts'
import { openContext } from './context.ts'
import { heedEdgeLimit } from './edge-limit.ts'
import type { Env } from './env.ts'
import { readIdempotency } from './idempotency.ts'
import { applyReadPreconditions, readPrecondition } from './precondition.ts'

/** Identifies the caller, and checks whether the caller may use the route. */
export const admitRequest =
  (access: Access): MiddlewareHandler<Env> =>
  async (c, next) => {
    await admit(c, access)
    await next()
    if (access.conditional && isRead(c)) applyReadPreconditions(c)
  }

const isRead = ({ req }: HonoContext<Env>) => req.method === 'GET' || req.method === 'HEAD'

/** Opens the context of the bearer's request. Refuses `unauthenticated`, `invalid_token`, `caller_not_allowed`, `insufficient_scope`, `too_many_requests`. */
export async function admit(c: HonoContext<Env>, access: Access): Promise<void> {
  const { identity, keyring } = c.env
  const token = bearerToken(c.req.header('Authorization'))
  const claims = await identity.verify(token)
  const { tenant, client_id: client, sid, sub } = claims
  c.set('tenant', tenant)
  c.set('shown', { tenant, client, customerId: sid === undefined ? undefined : sub })
  c.set('kind', kindOf(claims))
  const actor = toActor(claims)
  mayCall(actor, access)
  const caller = readCaller(c, claims.client_id, actor, await voucherOf(c, actor, claims.tenant))
  if (access.limited?.includes('place')) await heedEdgeLimit(c.env, caller.place, 'place')
  openContext(c, {
    tenant,
    actor,
    caller,
    idempotency: access.keyed
      ? await readIdempotency(c, keyring, {
          claims,
          isStorefront: actor.type === 'storefront',
          token,
        })
      : null,
    condition: readPrecondition(c, access),
  })
}

/**
 * The service token that a shop's server sends beside the shopper's or storefront's token. It lets the server name its shopper's address. Refuses `invalid_token` if it is no service's of that tenant.
 */
async function voucherOf(
  c: HonoContext<Env>,
  { type }: Actor,
  tenant: string,
): Promise<string | null> {
  const token = type === 'service' ? undefined : c.req.header('X-Service-Token')
  if (token === undefined) return null
  const claims = await c.env.identity.verify(token).catch(blameServiceToken)
  const isShopper = claims.sid !== undefined
  if (claims.tenant !== tenant || isShopper || toActor(claims).type !== 'service') {
    return blameServiceToken(new Refusal('invalid_token'))
  }
  return claims.jti ?? claims.client_id
}

const SERVICE_TOKEN =
  'The header `X-Service-Token` must hold a valid token of a service of this shop. Get one with `POST /oauth/token`. The token in `Authorization` is not at fault.'

/** Says that the token in X-Service-Token is bad. Otherwise the caller would discard its shopper's session. Other errors pass. */
function blameServiceToken(error: unknown): never {
  throw error instanceof Refusal && error.code === 'invalid_token'
    ? new Refusal('invalid_token', { ...error.details, detail: SERVICE_TOKEN })
    : error
}

function bearerToken(header: string | undefined): string {
  if (header === undefined || !/^Bearer\b/i.test(header)) throw new Refusal('unauthenticated')
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1]
  if (token === undefined) throw new Refusal('invalid_token')
  return token
}

const kindOf = ({ sid, scope }: AccessClaims): CallerKind =>
  sid === undefined ? kindOfClient(scope) : 'shopper'

const kindOfClient = (scope: string) =>
  scope.split(' ').includes('customer:register') ? 'storefront' : 'service'

function toActor(claims: AccessClaims): Actor {
  if (claims.sid !== undefined) {
    if (!isId('customer', claims.sub)) throw new Refusal('invalid_token')
    if (!claims.scope.split(' ').includes(SHOPPER_SCOPE)) {
      throw new Refusal('insufficient_scope', { scope: SHOPPER_SCOPE })
    }
    return { type: 'shopper', id: claims.sub, sessionId: claims.sid }
  }
  const granted = new Set(claims.scope.split(' '))
  const scopes = new Set(knownScopes.filter((scope) => granted.has(scope)))
  const type = kindOfClient(claims.scope)
  return { type, id: claims.client_id, scopes, tokenId: claims.jti ?? null }
}

function mayCall(actor: Actor, access: Access): void {
  if (actor.type === 'shopper' && access.shopper) return
  if (actor.type === 'storefront' && access.storefront) return
  if (actor.type === 'service' && access.service !== undefined) {
    if (access.service === null || actor.scopes.has(access.service)) return
    throw new Refusal('insufficient_scope', { scope: access.service })
  }
  throw new Refusal('caller_not_allowed')
}
