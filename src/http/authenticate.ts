import type { MiddlewareHandler } from 'hono'
import { type Actor, type Context, newOutcome, type Scope } from '#core/context'
import type { AccessClaims } from '#core/identity'
import { Refusal } from '#kernel/error'
import { isId } from '#kernel/id'
import { sendOn } from '../runtime.ts'
import type { Access } from './access.ts'
import type { Env } from './env.ts'
import { readIdempotency } from './idempotency.ts'
import { readIfMatch } from './precondition.ts'

/** Who asks, and whether they may use this route; the context of the use case is made here and nowhere else. */
export const authenticate =
  (access: Access): MiddlewareHandler<Env> =>
  async (c, next) => {
    const { env: runtime } = c
    const claims = await runtime.issuer.verify(bearerToken(c.req.header('Authorization')))
    const settings = runtime.config.tenants.get(claims.tenant)
    if (settings === undefined) throw new Refusal('invalid_token')
    const actor = toActor(claims)
    mayCall(actor, access)
    const ctx: Context = {
      tenant: claims.tenant,
      actor,
      settings,
      now: runtime.now(),
      requestId: c.var.requestId,
      keyring: runtime.keyring,
      db: runtime.db,
      idempotency: access.keyed ? await readIdempotency(c, runtime.keyring, claims) : null,
      ifMatch: access.conditional ? readIfMatch(c.req.header('If-Match')) : null,
      outcome: newOutcome(),
    }
    c.set('ctx', ctx)
    await next()
    const { jobs, roundTrips, databaseMs } = ctx.outcome
    if (jobs.length > 0) c.executionCtx.waitUntil(sendOn(runtime, jobs))
    const { headers } = c.res
    headers.set('Server-Timing', `db;dur=${databaseMs};desc="${roundTrips} round trips"`)
    if (ctx.outcome.replayed) headers.set('Idempotent-Replayed', 'true')
  }

function bearerToken(header: string | undefined): string {
  if (header === undefined) throw new Refusal('unauthenticated')
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1]
  if (token === undefined) throw new Refusal('invalid_token')
  return token
}

function toActor(claims: AccessClaims): Actor {
  if (claims.sid !== undefined) {
    if (!isId('customer', claims.sub)) throw new Refusal('invalid_token')
    return { type: 'shopper', id: claims.sub, sessionId: claims.sid }
  }
  const scopes = new Set(claims.scope.split(' ') as Scope[])
  const type = scopes.has('customer:register') ? 'storefront' : 'service'
  return { type, id: claims.client_id, scopes }
}

function mayCall(actor: Actor, access: Access): void {
  if (actor.type === 'shopper' && access.shopper) return
  if (actor.type === 'storefront' && access.storefront) return
  if (actor.type === 'service' && access.service !== undefined) {
    if (access.service === null || actor.scopes.has(access.service)) return
    throw new Refusal('insufficient_scope')
  }
  throw new Refusal('caller_not_allowed')
}
