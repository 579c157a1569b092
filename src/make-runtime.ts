import { type DelayedJobMessage, type JobMessage, makeKeyring } from '#core/context'
import {
  type HashQueueClock as HashClock,
  makeIdentityProviders,
  type PasswordHasher,
} from '#core/identity'
import type { MailCarrier } from '#core/mail'
import { connectDatabase } from '#db/database'
import { type StatementLists, statementListsPath } from '#db/statement-lists'
import { Bug } from '#kernel/error'
import { errorFields, log } from '#kernel/log'
import { makeLogTally } from '#kernel/log-tally'
import { systemTimer, type Timer } from '#kernel/timer'
import { type Config, readConfig } from './config.ts'
import { makeOutboundFetch } from './outbound-fetch.ts'
import { MAX_MESSAGES_PER_SEND, type Runtime } from './runtime.ts'

/** Deliveries have a queue of their own, so that a slow endpoint delays no other job. */
type QueueName = 'customer' | 'customer-delivery'
const queueOf = ({ kind }: DelayedJobMessage): QueueName =>
  kind === 'deliver' ? 'customer-delivery' : 'customer'

type Bindings = {
  readonly QUEUE: Queue<JobMessage>
  readonly DELIVERY_QUEUE: Queue<JobMessage>
  readonly MAIL: SendEmail
  readonly RATE_LIMIT: RateLimit
  readonly ASSETS: Fetcher
}

const runtimes = new WeakMap<object, Runtime>()

/** The runtime of a Worker's bindings, checked and built once per isolate. Throws `Misconfigured`. */
export function cachedRuntime(env: object): Runtime {
  const known = runtimes.get(env)
  if (known !== undefined) return known
  const { QUEUE, DELIVERY_QUEUE, MAIL, RATE_LIMIT, ASSETS } = env as Bindings
  const queues = { customer: QUEUE, 'customer-delivery': DELIVERY_QUEUE }
  const runtime = makeRuntime(readConfig({ ...env }), {
    sendBatch: (queue, batch) => queues[queue].sendBatch(batch),
    carryMail: async (mail) => void (await MAIL.send(mail)),
    mayGoOn: (place) => mayGoOn(RATE_LIMIT, place),
    lists: () => readLists(ASSETS),
  })
  runtimes.set(env, runtime)
  return runtime
}

/** If the edge limit fails, the request passes: the second limit in Postgres still counts. */
async function mayGoOn(limiter: RateLimit, place: string): Promise<boolean> {
  try {
    return (await limiter.limit({ key: place })).success
  } catch (error) {
    log('warn', 'rate limit was not asked', errorFields(error))
    return true
  }
}

/** Reads the files that were deployed with this Worker. The host does not matter. */
async function readLists(assets: Fetcher): Promise<StatementLists> {
  const response = await assets.fetch(`https://assets${statementListsPath}`)
  if (!response.ok) throw new Bug(`${statementListsPath} answers ${response.status}`)
  return response.json()
}

type Sending = { readonly body: JobMessage; readonly delaySeconds?: number }

type World = {
  readonly sendBatch: (queue: QueueName, batch: Sending[]) => Promise<unknown>
  readonly carryMail: MailCarrier
  readonly fetch?: typeof fetch
  readonly mayGoOn: (place: string) => Promise<boolean>
  readonly lists: () => Promise<StatementLists>
  readonly now?: () => Date
  /** Only tests have their own, of a lower cost. */
  readonly passwords?: PasswordHasher
  /** The clock of the line before them; only tests have their own. */
  readonly hashClock?: HashClock | undefined
  /** The timer of the background; only tests have their own. */
  readonly timer?: Timer
}

export function makeRuntime(config: Config, world: World): Runtime {
  const { sendBatch, carryMail, mayGoOn, lists, now = () => new Date() } = world
  const { passwords, hashClock, timer = systemTimer } = world
  const { databaseUrl, databaseEndpoint: endpoint, development } = config
  const db = connectDatabase(databaseUrl, { endpoint, lists, development })
  const keyring = makeKeyring(config.masterSecret)
  const fetcher = world.fetch ?? makeOutboundFetch(config)
  return {
    config,
    db,
    keyring,
    now,
    timer,
    identity: makeIdentityProviders({
      db,
      keyring,
      now,
      url: config.publicUrl,
      hosts: config.hosts,
      development,
      clients: config.clients,
      passwords,
      hashClock,
      tenants: config.hanzo,
      providers: config.providers,
      fetch: fetcher,
    }),
    carryMail,
    fetch: fetcher,
    mayGoOn,
    attempts: makeLogTally(),
    async send(wakes) {
      for (const [queue, list] of Map.groupBy(wakes, queueOf)) {
        for (let at = 0; at < list.length; at += MAX_MESSAGES_PER_SEND) {
          await sendBatch(queue, list.slice(at, at + MAX_MESSAGES_PER_SEND).map(toSending))
        }
      }
    },
  }
}

const toSending = ({ delaySeconds, ...body }: DelayedJobMessage): Sending =>
  delaySeconds === undefined ? { body } : { body, delaySeconds }
