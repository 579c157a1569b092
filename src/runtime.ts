import { type Context, type Keyring, newOutcome, type System, type Wake } from '#core/context'
import type { Identities } from '#core/identity'
import type { Carrier } from '#core/mail'
import type { Database } from '#db/client'
import { Bug } from '#kernel/error'
import { errorFields, log } from '#kernel/log'
import type { Tally } from '#kernel/tally'
import type { Timer } from '#kernel/timer'
import type { Config } from './config.ts'

/** The limit of the queue. */
export const MESSAGES_AT_ONCE = 100

/** The environment of HTTP, queue and cron. Tests make their own. */
export type Runtime = {
  readonly config: Config
  readonly db: Database
  readonly keyring: Keyring
  readonly identity: Identities
  readonly now: () => Date
  /** Measures the work of the background. */
  readonly timer: Timer
  /** Sends messages to the queue, in as few calls as its limit allows. */
  readonly send: (wakes: readonly Wake[]) => Promise<void>
  readonly carryMail: Carrier
  readonly fetch: typeof fetch
  /** Whether a place may make another expensive request. */
  readonly mayGoOn: (place: string) => Promise<boolean>
  /** The log of refusals that mean that somebody tried. */
  readonly attempts: Tally
}

/** Sends the messages of committed jobs. It never throws: cron sends the messages that failed. */
export async function sendOn(runtime: Runtime, jobs: readonly Wake[]): Promise<void> {
  try {
    await runtime.send(jobs)
  } catch (error) {
    log('warn', 'jobs left to the relay', { jobs: jobs.length, ...errorFields(error) })
  }
}

/** The context of work without a caller, of the queue or of cron, for one configured tenant. */
export function systemContext(runtime: Runtime, tenant: string, task: string): Context {
  const settings = runtime.config.tenants.get(tenant)
  if (settings === undefined) throw new Bug('no such tenant')
  const actor = { type: 'system', id: task } as const
  return {
    tenant,
    settings,
    actor,
    caller: null,
    now: runtime.now(),
    clock: runtime.now,
    requestId: null,
    keyring: runtime.keyring,
    identity: runtime.identity.of(tenant, { actor, caller: null, outlive: () => undefined }),
    db: runtime.db,
    carryMail: runtime.carryMail,
    deployment: runtime.config,
    fetch: runtime.fetch,
    idempotency: null,
    condition: null,
    outcome: newOutcome(),
  }
}

/** The context of work for several tenants at once, by default all of them. */
export const systemOf = (
  { db, keyring, now, config: { tenants } }: Runtime,
  only: Iterable<string> = tenants.keys(),
): System => {
  const names = new Set(only)
  return {
    db,
    keyring,
    now: now(),
    outcome: newOutcome(),
    tenants: new Map([...tenants].filter(([name]) => names.has(name))),
  }
}

/** The context of work for the operator and of no tenant. */
export const operatorRunner = ({ db, now }: Runtime) => ({ db, now: now(), outcome: newOutcome() })
