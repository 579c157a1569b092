import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { buildBundle } from '../bundle.ts'
import { fillTenant } from '../fill.ts'
import { migrate } from '../migrate.ts'
import { startPostgres } from '../postgres.ts'
import { type Cpu, cpuOfWorkerAndDatabase } from './cpu-and-memory.ts'
import { measureStartup } from './startup.ts'
import { startWireThread, type WireThread } from './wire-thread.ts'
import { type Service, type Serving, startWorkerd, type Workerd } from './workerd.ts'

/** A service at work over a filled database, and the floor beside it. */
export type BenchService = {
  readonly workerd: Workerd
  readonly wire: WireThread
  readonly token: string
  readonly storefrontToken: string
  /** Where the page of the service sends the storefront's shoppers back to. */
  readonly redirectUri: string
  readonly databaseUrl: string
  readonly bundleGzip: number
  readonly startupMs: number
  /** Processor time of the runtime and the database so far. */
  readonly cpu: () => Cpu
  /** What the database server has logged. */
  readonly log: () => string
  /** Ids of customers, spread over all of them. */
  readonly ids: readonly string[]
  stop(): Promise<void>
}

/** The shop that is filled. */
export const BENCH_TENANT = 'demo'
const redirectUri = 'http://localhost:3000/callback'
const compatibilityDate = '2026-11-01'
const scopes =
  'customer:read customer:write customer:erase group:write order:write merge:write event:read webhook:write'

export type BenchServiceOptions = Serving & {
  /** Settings of the database server. */
  readonly settings?: Readonly<Record<string, string>>
  /** Keeps the database in this folder, and finds it there the next time: to fill it with a million takes ten minutes. */
  readonly folder?: string | undefined
}

/** Builds the bundle, fills a database, in a temporary folder unless one is named, and serves both Workers in the bare runtime. */
export async function startBenchService(
  customers: number,
  say: (line: string) => void,
  { settings = {}, folder: kept, ...serving }: BenchServiceOptions = {},
): Promise<BenchService> {
  const folder = await mkdtemp(join(tmpdir(), 'customer-bench-'))
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const end of undo.splice(0).reverse()) await end()
  }
  try {
    const { gzip } = await buildBundle(folder)
    buildFloor(folder)
    say(`bundle ${gzip} bytes gzip`)
    let log = ''
    const data = join(kept ?? folder, 'postgres')
    const postgres = await startPostgres({
      folder: data,
      settings,
      hear: (text) => {
        log += text
      },
    })
    undo.push(() => postgres.stop())
    const postmaster = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0])
    await migrate(postgres.connectionString())
    const ids = await fillDatabase(postgres.connectionString(), customers, say)
    const wire = await startWireThread(postgres.connectionString(), 32)
    undo.push(() => wire.stop())
    const bindings = bindingsOf(postgres.connectionString(), wire.endpoint)
    const startupMs = await measureStartup(
      folder,
      compatibilityDate,
      service('service', 'index.js', bindings),
    )
    say(`start-up ${startupMs} ms`)
    const workerd = await startWorkerd(
      folder,
      compatibilityDate,
      [
        service('service', 'index.js', bindings),
        service('floor', 'floor.js', bindings),
        { name: 'broker', module: 'broker.js', bindings: {}, queues: [], calls: 'service' },
      ],
      serving,
    )
    undo.push(() => workerd.stop())
    return {
      workerd,
      wire,
      token: await tokenOf(workerd.urlOf('service'), 'dev'),
      storefrontToken: await tokenOf(workerd.urlOf('service'), 'shop'),
      redirectUri,
      databaseUrl: postgres.connectionString(),
      cpu: () => cpuOfWorkerAndDatabase(workerd.pid, postmaster),
      bundleGzip: gzip,
      startupMs,
      log: () => log,
      ids,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const service = (name: string, module: string, bindings: Service['bindings']): Service => ({
  name,
  module,
  bindings,
  queues: ['QUEUE', 'DELIVERY_QUEUE'],
})

function buildFloor(folder: string): void {
  execFileSync('node_modules/.bin/esbuild', [
    'dev/bench/baseline-worker.ts',
    '--bundle',
    '--minify',
    '--format=esm',
    '--external:node:*',
    '--log-level=error',
    `--outfile=${join(folder, 'floor.js')}`,
  ])
}

const bindingsOf = (databaseUrl: string, endpoint: string): Service['bindings'] => ({
  DATABASE_URL: databaseUrl,
  DATABASE_FETCH_ENDPOINT: endpoint,
  PUBLIC_URL: 'http://localhost',
  MASTER_SECRET: Buffer.alloc(32, 'bench').toString('base64'),
  CLIENT_SECRETS: JSON.stringify({ [BENCH_TENANT]: { dev: ['dev'], shop: ['dev'] } }),
  DEVELOPMENT: 'true',
  customer: { metadata_filter_keys: ['tier'] },
  tenants: {
    [BENCH_TENANT]: {
      shopName: 'Bench',
      shopUrl: 'http://localhost:3000',
      currency: 'USD',
      max_addresses: 100,
      clients: {
        dev: { scopes: scopes.split(' ') },
        shop: { scopes: ['customer:register'], redirect_uris: [redirectUri] },
      },
    },
  },
})

async function fillDatabase(
  url: string,
  customers: number,
  say: (line: string) => void,
): Promise<string[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rowCount } = await client.query('select from customer where tenant = $1 limit 1', [
      BENCH_TENANT,
    ])
    if (rowCount === 0) {
      const progress = (done: number) => say(`${done} of ${customers} customers`)
      await fillTenant({ connectionString: url, tenant: BENCH_TENANT, customers, progress })
    }
    const { rows } = await client.query<{ id: string }>(
      `select id from customer where tenant = $1 and listed order by hashtext(id) limit 50000`,
      [BENCH_TENANT],
    )
    return rows.map(({ id }) => id)
  } finally {
    await client.end()
  }
}

async function tokenOf(url: string, client: string): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client,
    client_secret: 'dev',
    expires_in: '2592000',
  })
  const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body: form })
  return ((await answer.json()) as { access_token: string }).access_token
}
