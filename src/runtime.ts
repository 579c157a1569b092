import { type Context, type JobMessage, type Keyring, makeKeyring } from '#core/context'
import { type Issuer, makeIssuer } from '#core/identity'
import { connect, type Database } from '#db/client'
import { type Config, readConfig } from './config.ts'

/** What the doors need of the world. Tests make one of their own. */
export type Runtime = {
  readonly config: Config
  readonly db: Database
  readonly keyring: Keyring
  readonly issuer: Issuer
  readonly now: () => Date
  /** To the queue, in as few calls as its limits allow (100 messages). */
  readonly send: (messages: readonly JobMessage[]) => Promise<void>
}

type Bindings = { readonly QUEUE: Queue<JobMessage> }

const runtimes = new WeakMap<object, Runtime>()

/** The runtime of a Worker's bindings, checked and built once per isolate. Throws `Misconfigured`. */
export function runtimeOf(env: object): Runtime {
  const known = runtimes.get(env)
  if (known !== undefined) return known
  const { QUEUE } = env as Bindings
  const runtime = makeRuntime(readConfig({ ...env }), {
    sendBatch: (batch) => QUEUE.sendBatch(batch),
  })
  runtimes.set(env, runtime)
  return runtime
}

export type World = {
  readonly sendBatch: (batch: { body: JobMessage }[]) => Promise<unknown>
  readonly now?: () => Date
}

const BATCH = 100

export function makeRuntime(config: Config, { sendBatch, now = () => new Date() }: World): Runtime {
  const db = connect(config.databaseUrl, config.databaseEndpoint)
  const keyring = makeKeyring(config.masterSecret)
  return {
    config,
    db,
    keyring,
    now,
    issuer: makeIssuer({ db, keyring, now, url: config.publicUrl }),
    async send(messages) {
      for (let at = 0; at < messages.length; at += BATCH) {
        await sendBatch(messages.slice(at, at + BATCH).map((body) => ({ body })))
      }
    },
  }
}

/** What happens without a caller: the queue's and the clock's work. */
export function systemContext(runtime: Runtime, tenant: string, task: string): Context | undefined {
  const settings = runtime.config.tenants.get(tenant)
  if (settings === undefined) return undefined
  return {
    tenant,
    settings,
    actor: { type: 'system', id: task },
    now: runtime.now(),
    requestId: null,
    keyring: runtime.keyring,
    db: runtime.db,
    idempotency: null,
    ifMatch: null,
    outcome: { jobs: [], replayed: false, roundTrips: 0, databaseMs: 0 },
  }
}
