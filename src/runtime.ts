import {
  type Context,
  type DelayedJobMessage,
  type Keyring,
  newOutcome,
  type SystemContext,
} from '#core/context'
import type { IdentityProviders } from '#core/identity'
import type { MailCarrier } from '#core/mail'
import type { Database } from '#db/database'
import { Bug } from '#kernel/error'
import { errorFields, log } from '#kernel/log'
import type { LogTally } from '#kernel/log-tally'
import type { Timer } from '#kernel/timer'
import type { Config } from './config.ts'

/** The limit of the queue. */
export const MAX_MESSAGES_PER_SEND = 100

/** The environment of HTTP, queue and cron. Tests make their own. */
export type Runtime = {
  readonly config: Config
  readonly db: Database
  readonly keyring: Keyring
  readonly identity: IdentityProviders
  readonly now: () => Date
  /** Measures the work of the background. */
  readonly timer: Timer
  /** Sends messages to the queue, in as few calls as its limit allows. */
  readonly send: (wakes: readonly DelayedJobMessage[]) => Promise<void>
  readonly carryMail: MailCarrier
  readonly fetch: typeof fetch
  /** Whether a place may make another expensive request. */
  readonly mayGoOn: (place: string) => Promise<boolean>
  /** The log of refusals that mean that somebody tried. */
  readonly attempts: LogTally
}

/** Sends the messages of committed jobs. It never throws: cron sends the messages that failed. */
export async function sendJobMessages(
  runtime: Runtime,
  jobs: readonly DelayedJobMessage[],
): Promise<void> {
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
export const systemContextForTenants = (
  { db, keyring, now, config: { tenants } }: Runtime,
  only: Iterable<string> = tenants.keys(),
): SystemContext => {
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
export const operatorContext = ({ db, now }: Runtime) => ({ db, now: now(), outcome: newOutcome() })
