import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import pg from 'pg'
import { clearStaleStart } from './clear-stale-start.ts'
import { CLUSTER_USER, createCluster, PASSWORD } from './create-postgres-cluster.ts'
import { makeFolderWithParents } from './data-folder.ts'
import { commandAsAccount, type OsAccount, unprivilegedAccount } from './os-account.ts'
import { findFreePort } from './port.ts'
import { findPostgresBinaries } from './postgres-binaries.ts'

export type Postgres = {
  readonly port: number
  /** Settles when the server ends by itself, with the reason; never after `stop`. */
  readonly crashed: Promise<string>
  connectionString(database?: string): string
  /** Ends open connections, writes everything to disk, and waits for the process to end. */
  stop(): Promise<void>
}

type PostgresOptions = {
  /** The cluster's data folder; made when it does not exist. */
  readonly folder: string
  /** Server settings, for example `{ fsync: 'off' }` where losing data does not matter. */
  readonly settings?: Readonly<Record<string, string>>
  /** Hears what the server logs. */
  readonly hear?: (text: string) => void
}

const always = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // What clients get wrong is theirs to report; statements and values stay out of the terminal.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  lc_messages: 'C',
}

/**
 * The C library's allocator (glibc) would give memory back after each large query and take it again for the next one, page by page:
 * three quarters of such a query's time on a virtual machine. Bytes, for each session.
 */
const memory = {
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(64 * 1024 * 1024),
  MALLOC_TOP_PAD_: String(4 * 1024 * 1024),
}

/** Starts PostgreSQL 18 on a free port of the loopback address, with database `customer`. */
export async function startPostgres({
  folder,
  settings,
  hear = () => {},
}: PostgresOptions): Promise<Postgres> {
  const account = unprivilegedAccount()
  const binaries = findPostgresBinaries(account)
  prepareParent(folder)
  await createCluster(binaries.initdb, folder, account)
  await clearStaleStart(folder)
  const args = Object.entries({ ...always, ...settings }).flatMap((s) => ['-c', s.join('=')])
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort()
    const server = await launch(binaries.postgres, ['-D', folder, '-p', String(port), ...args], {
      account,
      hear,
    })
    if (server.ready) {
      const postgres = handle(server, port)
      await createDatabase(postgres)
      return postgres
    }
    if (attempt < 4 && server.log.includes('could not bind')) continue
    throw new Error(`PostgreSQL could not start on ${folder}: ${reason(server.log)}`)
  }
}

type Server = { readonly child: ChildProcess; readonly ready: boolean; readonly log: string }

type Launch = { readonly account: OsAccount | undefined; readonly hear: (text: string) => void }

function launch(program: string, args: string[], { account, hear }: Launch): Promise<Server> {
  const command = commandAsAccount(program, args, account)
  const child = spawn(command.program, command.args, {
    ...command.account,
    env: { ...process.env, ...memory },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A Ctrl-C in the terminal reaches the whole group; the order of ending is the parent's.
    detached: true,
  })
  let log = ''
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => resolve({ child, ready: false, log }))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      hear(text)
      log = (log + text).slice(-4000)
      if (log.includes('ready to accept connections')) resolve({ child, ready: true, log })
    })
  })
}

function handle({ child }: Server, port: number): Postgres {
  const exited = once(child, 'exit')
  let stopping = false
  const crashed = new Promise<string>((resolve) => {
    exited.then(([code, signal]) => {
      if (!stopping) resolve(`PostgreSQL ended by itself (${signal ?? `exit code ${code}`})`)
    })
  })
  return {
    port,
    crashed,
    connectionString: (database = 'customer') =>
      `postgresql://${CLUSTER_USER}:${PASSWORD}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      stopping = true
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
      await exited
    },
  }
}

async function createDatabase(postgres: Postgres): Promise<void> {
  const client = new pg.Client(postgres.connectionString('postgres'))
  await client.connect()
  try {
    const found = await client.query(`select from pg_database where datname = 'customer'`)
    if (found.rowCount === 0) await client.query('create database customer')
  } finally {
    await client.end()
  }
}

function prepareParent(folder: string): void {
  const parent = dirname(folder)
  try {
    makeFolderWithParents(parent)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new Error(`The data folder ${parent} cannot be made: ${cause}`)
  }
}

function reason(log: string): string {
  const lines = log.split('\n').filter((line) => /FATAL|PANIC|error/i.test(line))
  const line = lines[0] ?? log.trim().split('\n').at(-1) ?? ''
  return line.replace(/^(but |.*?(FATAL|PANIC|LOG):\s*)/, '') || 'it said nothing'
}
