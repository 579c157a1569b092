import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { makeKeyring } from '#core/context'
import { connectDatabase } from '#db/database'
import { migrate } from '../../dev/migrate.ts'
import { startWire } from '../../dev/neon-wire/index.ts'
import { startPostgres } from '../../dev/postgres.ts'
import { copyEmptyCluster } from '../../dev/sql/copy-empty-cluster.ts'
import { findOrCreateSigningKeys } from '../../src/core/identity/signing-key.ts'
import { readLists } from './lists.ts'
import { MASTER_SECRET } from './secret.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The database that tests share; each keeps to tenants of its own. */
    database: string
    /** A wire to it for tests that run inside workerd and cannot start one. */
    wire: string
    /** When the run began, milliseconds since 1970: where the clocks of the tests start. */
    start: number
    /** Whether proofs are to take their time. */
    long: boolean
    /** Whether strangers have a whole week. */
    abuse: boolean
  }
}

/** Nothing of a run is worth keeping: it need not reach the disk. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
  jit: 'off',
  max_connections: '200',
}

/** One cluster for the whole run, made for it and thrown away with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'customer-test-'))
  const undo = [() => rm(folder, { recursive: true, force: true })]
  const teardown = async () => {
    for (const step of undo.reverse()) await step()
  }
  try {
    await copyEmptyCluster(join(folder, 'postgres'))
    const postgres = await startPostgres({ folder: join(folder, 'postgres'), settings })
    undo.push(() => postgres.stop())
    await migrate(postgres.connectionString())
    const start = Date.now()
    await makeSigningKey(postgres.connectionString(), start)
    await keepTemplate(postgres.connectionString('postgres'))
    const wire = await startWire({
      connectionString: postgres.connectionString(),
      timeoutMilliseconds: 3_600_000,
    })
    undo.push(() => wire.close())
    project.provide('database', postgres.connectionString())
    project.provide('wire', wire.endpoint)
    project.provide('start', start)
    project.provide('long', process.env.TEST_LONG === '1')
    project.provide('abuse', process.env.ABUSE === '1')
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}

/** The first key, made at the moment when all clocks begin. At an earlier moment it would not exist yet. */
async function makeSigningKey(connectionString: string, start: number): Promise<void> {
  const wire = await startWire({ connectionString })
  try {
    await findOrCreateSigningKeys({
      db: connectDatabase(connectionString, { endpoint: wire.endpoint, lists: readLists }),
      keyring: makeKeyring(MASTER_SECRET),
      now: () => new Date(start),
    })
  } finally {
    await wire.close()
  }
}

/** A database that is in use cannot be copied: a second one stays untouched for that. With its files come the caches that a session begins with. */
async function keepTemplate(connectionString: string): Promise<void> {
  const client = new pg.Client(connectionString)
  await client.connect()
  try {
    await client.query('create database template_customer template customer strategy file_copy')
  } finally {
    await client.end()
  }
}
