import type { Context as HonoContext } from 'hono'
import { type Actor, type Context, newOutcome } from '#core/context'
import { Refusal } from '#kernel/error'
import { sendOn } from '../runtime.ts'
import type { Env } from './env.ts'

type Opening = {
  readonly tenant: string
  readonly actor: Actor
  readonly clientId: string
} & Partial<Pick<Context, 'condition' | 'idempotency'>>

const LONGEST_USER_AGENT = 200

/** Makes the context of the request's use case. Refuses `invalid_token` for an unknown tenant. */
export function openContext(c: HonoContext<Env>, opening: Opening): Context {
  const { tenant, actor, clientId, idempotency = null, condition = null } = opening
  const { config, keyring, identity, db, carryMail, fetch, now } = c.env
  const settings = config.tenants.get(tenant)
  if (settings === undefined) throw new Refusal('invalid_token')
  const ctx: Context = {
    tenant,
    actor,
    // These are getters: most requests do not need them, and each header costs a call into the runtime.
    caller: {
      clientId,
      get address() {
        return callerAddress(c)
      },
      get userAgent() {
        return userAgent(c)
      },
    },
    settings,
    now: now(),
    requestId: c.get('requestId'),
    keyring,
    identity: identity.of(tenant),
    db,
    carryMail,
    deployment: config,
    fetch,
    idempotency,
    condition,
    outcome: newOutcome(),
  }
  c.set('tenant', tenant)
  c.set('ctx', ctx)
  return ctx
}

/** Sends the messages of committed jobs, and tells a service the time of the database: to a stranger it would tell what is known. */
export function finishContext(c: HonoContext<Env>): void {
  const ctx: Context | undefined = c.get('ctx')
  if (ctx === undefined) return
  const { jobs, roundTrips, databaseMs, replayed } = ctx.outcome
  if (jobs.length > 0) c.executionCtx.waitUntil(sendOn(c.env, jobs))
  const { headers } = c.res
  if (ctx.actor.type === 'service') {
    headers.set('Server-Timing', `db;dur=${databaseMs};desc="${roundTrips} round trips"`)
  }
  if (replayed) headers.set('Idempotent-Replayed', 'true')
}

/** The caller's address. Cloudflare overwrites this header at its edge; other headers are the caller's own claim. */
export const callerAddress = (c: HonoContext<Env>): string | null =>
  c.req.header('CF-Connecting-IP') ?? null

function userAgent(c: HonoContext<Env>): string | null {
  const text = c.req
    .header('User-Agent')
    ?.replace(/[^\x20-\x7e]/g, '')
    .slice(0, LONGEST_USER_AGENT)
  return text || null
}
