import type { Context as HonoContext } from 'hono'
import { type Actor, type Caller, type Context, newOutcome } from '#core/context'
import { Refusal } from '#kernel/error'
import { sendJobMessages } from '../runtime.ts'
import type { Env } from './env.ts'
import { logSuspiciousRefusal } from './log-suspicious-refusal.ts'

type Opening = {
  readonly tenant: string
  readonly actor: Actor
  readonly caller: Caller
} & Partial<Pick<Context, 'condition' | 'idempotency'>>

/** Makes the context of the request's use case. Refuses `invalid_token` for an unknown tenant. */
export function openContext(c: HonoContext<Env>, opening: Opening): Context {
  const { tenant, actor, caller, idempotency = null, condition = null } = opening
  const { config, keyring, identity, db, carryMail, fetch, now } = c.env
  const settings = config.tenants.get(tenant)
  if (settings === undefined) throw new Refusal('invalid_token')
  const outlive = (work: Promise<unknown>) => c.executionCtx.waitUntil(work)
  const ctx: Context = {
    tenant,
    actor,
    caller,
    settings,
    now: now(),
    clock: now,
    requestId: c.get('requestId'),
    keyring,
    identity: identity.of(tenant, { actor, caller, outlive }),
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

/** Sends the messages of committed jobs. Adds the database time to answers for services only: to a stranger it would reveal which accounts exist. */
export function finishContext(c: HonoContext<Env>): void {
  const ctx: Context | undefined = c.get('ctx')
  if (ctx === undefined) return
  const { jobs, roundTrips, databaseMs, replayed, isReused } = ctx.outcome
  if (isReused && c.res.ok) logSuspiciousRefusal(c, null)
  if (jobs.length > 0) c.executionCtx.waitUntil(sendJobMessages(c.env, jobs))
  const { headers } = c.res
  if (ctx.actor.type === 'service') {
    headers.set('Server-Timing', `db;dur=${databaseMs};desc="${roundTrips} round trips"`)
  }
  if (replayed) headers.set('Idempotent-Replayed', 'true')
}
