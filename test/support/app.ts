import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import type * as z from 'zod'
import type { ClientSettings, JobMessage } from '#core/context'
import {
  type AccessClaims,
  clientSecretMark,
  type HashQueueClock,
  type PasswordHasher,
} from '#core/identity'
import type { Mail } from '#core/mail'
import type { Database } from '#db/database'
import { newId } from '#kernel/id'
import { readConfig } from '../../src/config.ts'
import { makePasswordHasher } from '../../src/core/identity/password-hasher.ts'
import { runDueTasks } from '../../src/cron/run-due-tasks.ts'
import { minuteTasks, nightTasks, type Task } from '../../src/cron/task.ts'
import { createApp } from '../../src/http/app.ts'
import { makeRuntime } from '../../src/make-runtime.ts'
import { consume } from '../../src/queue/consume.ts'
import { receive } from '../../src/queue/index.ts'
import type { Performer } from '../../src/queue/performers.ts'
import type { Runtime } from '../../src/runtime.ts'
import { checkAgainstContract } from './contract.ts'
import { readLists } from './lists.ts'
import { TestQueue } from './queue.ts'
import { MASTER_SECRET } from './secret.ts'
import { sql } from './sql.ts'
import { shortcut, startTestWire, type TestWire } from './wire.ts'

const HOUR = 3_600_000

const everything =
  'customer:read customer:write customer:erase group:write order:write merge:write event:read webhook:write session:create'

export type TestApp = {
  readonly tenant: string
  readonly otherTenant: string
  readonly runtime: Runtime
  readonly wire: TestWire
  /** What hashes behind the line; nothing of the runtime hands it out. */
  readonly passwords: PasswordHasher
  /** Messages that were sent to the queue, ever. */
  readonly sent: JobMessage[]
  readonly queue: TestQueue
  /** Does all that was sent to the queue and may be seen by now, and what comes of it. Returns how many batches that took. */
  readonly drain: () => Promise<number>
  /** Does the tasks of a schedule to their end, at a later moment of it each time; by default those of every minute. */
  readonly cron: (schedule?: string) => Promise<void>
  /** Mails that were carried. */
  readonly mails: Mail[]
  /** Places that have asked too often. */
  readonly limited: Set<string>
  /** Moves the clock, milliseconds. */
  readonly advance: (ms: number) => void
  readonly tokens: {
    readonly service: string
    readonly storefront: string
    /** A service of the other tenant, with every scope. */
    readonly stranger: string
  }
  readonly tokenWith: (scope: string) => Promise<string>
  /** For tests that move the clock beyond the life of the first one. */
  readonly storefrontToken: () => Promise<string>
  readonly strangerToken: () => Promise<string>
  /** A shopper's access token, as a session of that customer would hold. */
  readonly shopperToken: (customerId: string) => Promise<string>
  /** Sends a request as the service, unless a token (or null for none) says otherwise. */
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>
  /** A bare request, without a token and unchecked. */
  readonly request: (path: string, init?: RequestInit) => Promise<Response>
  readonly db: Database
  /** Waits for what the request left running after its answer. */
  readonly settled: () => Promise<void>
}

export type CallOptions = {
  readonly body?: unknown
  readonly token?: string | null | Promise<string>
  readonly headers?: Readonly<Record<string, string>>
}

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly body: any
}

export type TestAppOptions = {
  /** Overrides of the settings, for both tenants. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** A database of the test's own, instead of the shared one. */
  readonly database?: string
  /** Where webhooks are sent; by default nobody answers. */
  readonly fetch?: typeof globalThis.fetch
  /** Webhooks may be sent to this machine. */
  readonly development?: boolean
  /** Only `advance` moves the clock. Requests that run at once find the same moment, in every order. */
  readonly frozen?: boolean
  /** Sessions of the app alone, if not eight. */
  readonly sessions?: number
  /** What does the jobs of the queue `customer`, if not the service as it is. */
  readonly performers?: ReadonlyMap<string, Performer>
  /** The clock of the line of hashes, if not the real one. */
  readonly hashClock?: HashQueueClock
  /** More clients of both tenants, named like `storefront`: `<tenant>-<name>`. One that is not public and signs nothing has a secret. */
  readonly clients?: Readonly<Record<string, ClientInput>>
  /** The application that both tenants are at Hanzo ID, each with an organization of its own name. */
  readonly hanzo?: {
    readonly clientId: string
    readonly clientSecret: string
    readonly service: string
  }
  /** The providers at which the shoppers of the first tenant may log in, and the secret of its clients there. */
  readonly providers?: { readonly named: object; readonly secret: string }
}

/** What the settings say of a client. */
type ClientInput = z.input<typeof ClientSettings>

/** Where the storefront's page takes logins over. */
export const CALLBACK = 'https://shop.example/callback'

/** What a token of a client says: that the client has shown its secret. */
export function claimsOf(
  { config, keyring }: Runtime,
  id: string,
  tenant: string,
  scope: string,
): Omit<AccessClaims, 'jti' | 'exp'> {
  const client = config.clients.get(id)
  const [secret] = client?.secrets ?? []
  const mark =
    client && secret !== undefined ? { mark: clientSecretMark(keyring, client, secret) } : {}
  return { sub: id, client_id: id, tenant, scope, ...mark }
}

/** The tasks that are due by a schedule. */
const tasksOf: Readonly<Record<string, readonly Task[]>> = {
  '* * * * *': minuteTasks,
  '17 3 * * *': nightTasks,
}

/** Wires are told apart by the host's name: more than one app in a process needs more than one. */
function namedFor(tenant: string, connectionString: string): string {
  const url = new URL(connectionString)
  url.hostname = `${tenant}.test`
  return url.href
}

/** The whole service in this process, over a real wire and database, in two tenants of its own. */
export async function startTestApp({
  settings = {},
  database,
  fetch = async () => {
    throw new TypeError('fetch failed')
  },
  development = false,
  frozen = false,
  sessions,
  performers,
  hashClock,
  clients = {},
  hanzo,
  providers,
}: TestAppOptions = {}): Promise<TestApp> {
  const wire = await startTestWire({
    ...(database === undefined ? {} : { connectionString: database }),
    ...(sessions === undefined ? {} : { max: sessions }),
  })
  shortcut(wire)
  const tenant = `t${randomBytes(6).toString('hex')}`
  const otherTenant = `o${randomBytes(6).toString('hex')}`
  const names = (prefix: string) => [`${prefix}-service`, `${prefix}-storefront`] as const
  const tenantOf = (key: string) => ({
    shopName: 'Test Shop',
    shopUrl: 'https://shop.example',
    currency: 'USD',
    ...settings,
    ...(hanzo === undefined ? {} : { hanzo: hanzoOf(key) }),
    ...(key === tenant && providers !== undefined ? { providers: providers.named } : {}),
    clients: {
      [names(key)[0]]: { scopes: everything.split(' ') },
      [names(key)[1]]: { scopes: ['customer:register'], redirect_uris: [CALLBACK] },
      ...Object.fromEntries(
        Object.entries(clients).map(([name, client]) => [`${key}-${name}`, client]),
      ),
    },
  })
  /** The service of the first tenant only: a machine belongs to one. */
  const hanzoOf = (key: string) => ({
    organization: key,
    clientId: hanzo?.clientId,
    services:
      key === tenant && hanzo !== undefined
        ? { [hanzo.service]: { subject: `admin/${hanzo.service}`, scopes: everything.split(' ') } }
        : {},
  })
  const more = Object.entries(clients).filter(([, client]) => !client.public && !client.jwks)
  const secretsOf = (key: string) =>
    Object.fromEntries(
      [...names(key), ...more.map(([name]) => `${key}-${name}`)].map((name) => [name, ['secret']]),
    )
  const local = readConfig({
    PUBLIC_URL: 'http://localhost',
    DEVELOPMENT: 'true',
    DATABASE_URL: namedFor(tenant, wire.connectionString),
    DATABASE_FETCH_ENDPOINT: wire.endpoint,
    MASTER_SECRET,
    CLIENT_SECRETS: JSON.stringify({
      [tenant]: secretsOf(tenant),
      [otherTenant]: secretsOf(otherTenant),
    }),
    ...(hanzo === undefined
      ? {}
      : {
          HANZO_SECRETS: JSON.stringify({
            [tenant]: hanzo.clientSecret,
            [otherTenant]: hanzo.clientSecret,
          }),
        }),
    ...(providers === undefined
      ? {}
      : {
          PROVIDER_SECRETS: JSON.stringify({
            [tenant]: Object.fromEntries(
              Object.keys(providers.named).map((name) => [name, providers.secret]),
            ),
          }),
        }),
    customer: { webhook_timeout_seconds: 15 },
    tenants: { [tenant]: tenantOf(tenant), [otherTenant]: tenantOf(otherTenant) },
  })
  // Production would not start with these secrets and this database, and goes by what it was given.
  const config = { ...local, publicUrl: 'http://customer.test', development }
  const sent: JobMessage[] = []
  const mails: Mail[] = []
  const limited = new Set<string>()
  // A look at the clock moves it by a millisecond, and the test by what it says; how long a test takes does not.
  // Those who have a session at Hanzo ID are signed out by the clock of the database, which goes on by itself: it is left behind.
  let time = inject('start') + (hanzo === undefined ? 0 : 2 * HOUR)
  const now = () => new Date(frozen ? time : time++)
  const passwords = makePasswordHasher({ ln: 4, r: 8, p: 1 })
  const runtime = makeRuntime(config, {
    async sendBatch(name, batch) {
      queue.send(name, batch)
      sent.push(...batch.map(({ body }) => body))
    },
    fetch,
    carryMail: async (mail) => void mails.push(mail),
    mayGoOn: async (place) => !limited.has(place),
    lists: readLists,
    passwords,
    hashClock,
    // No time passes for the work of the background, so nothing of it is cut short.
    timer: { now: () => 0, after: () => () => undefined },
    now,
  })
  const queue = new TestQueue({
    now,
    receive: (batch) =>
      performers !== undefined && batch.queue === 'customer'
        ? consume(batch, runtime, performers)
        : receive(batch, runtime),
  })
  const app = createApp()
  const pending: Promise<unknown>[] = []
  const execution = {
    waitUntil: (promise: Promise<unknown>) => void pending.push(promise),
    passThroughOnException: () => undefined,
    props: {},
  }
  const sign = (client: string, of: string, scope: string) =>
    runtime.identity.issuer.sign(claimsOf(runtime, client, of, scope), 3600)
  const moments = new Map<string, Date>()
  const settled = async () => void (await Promise.all(pending.splice(0)))
  const tokens = {
    service: await sign(names(tenant)[0], tenant, everything),
    storefront: await sign(names(tenant)[1], tenant, 'customer:register'),
    stranger: await sign(names(otherTenant)[0], otherTenant, everything),
  }
  let kept = { token: tokens.service, at: time }
  /** One that has not expired, wherever the clock stands. */
  const serviceToken = async () => {
    if (Math.abs(time - kept.at) > HOUR / 2) {
      // The clock may go on meanwhile.
      const at = time
      kept = { token: await sign(names(tenant)[0], tenant, everything), at }
    }
    return kept.token
  }
  return {
    tenant,
    otherTenant,
    runtime,
    wire,
    passwords,
    sent,
    queue,
    async drain() {
      await settled()
      return queue.drain()
    },
    async cron(schedule = '* * * * *') {
      const tasks = tasksOf[schedule] ?? []
      const [first] = tasks
      if (first === undefined) throw new Error(`no tasks for ${schedule}`)
      const last = moments.get(schedule)?.getTime() ?? 0
      const moment = first.next(new Date(Math.max(last, now().getTime())))
      moments.set(schedule, moment)
      await runDueTasks({ scheduledTime: moment.getTime() }, runtime, tasks)
    },
    mails,
    limited,
    tokens,
    db: runtime.db,
    advance: (ms) => {
      time += ms
    },
    shopperToken: async (customerId) => {
      const at = now()
      const sid = newId('session', at)
      const expires = new Date(at.getTime() + 86_400_000).toISOString()
      await runtime.db.run([
        sql`insert into session (tenant, id, customer_id, client_id, refresh_hash, created_at, last_used_at, expires_at)
          values (${tenant}, ${sid}, ${customerId}, ${names(tenant)[1]}, '', ${at.toISOString()}, ${at.toISOString()}, ${expires})`,
      ])
      const claims = { sub: customerId, client_id: names(tenant)[1], tenant, scope: 'account', sid }
      return runtime.identity.issuer.sign(claims, 900)
    },
    storefrontToken: () => sign(names(tenant)[1], tenant, 'customer:register'),
    strangerToken: () => sign(names(otherTenant)[0], otherTenant, everything),
    tokenWith: (scope) => sign(names(tenant)[0], tenant, scope),
    request: async (path, init = {}) => app.request(path, init, runtime, execution),
    settled,
    async call(method, path, { body, token = serviceToken(), headers = {} } = {}) {
      const bearer = await token
      const init: RequestInit = {
        method,
        headers: {
          ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }
      const response = await app.request(path, init, runtime, execution)
      const text = await response.text()
      const type = response.headers.get('Content-Type') ?? ''
      const parsed = /json/.test(type) && text !== '' ? JSON.parse(text) : text || null
      checkAgainstContract(method, path.split('?')[0] ?? path, response, parsed)
      return { status: response.status, headers: response.headers, text, body: parsed }
    },
  }
}
