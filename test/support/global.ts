import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../dev/migrate.ts'
import { startPostgres } from '../../dev/postgres.ts'
import { startWire } from '../../dev/wire/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The database that tests share; each keeps to tenants of its own. */
    database: string
    /** A wire to it for tests that run inside workerd and cannot start one. */
    wire: string
  }
}

/** Nothing of a run is worth keeping: it need not reach the disk. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
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
    const postgres = await startPostgres({ folder: join(folder, 'postgres'), settings })
    undo.push(() => postgres.stop())
    await migrate(postgres.connectionString())
    await keepTemplate(postgres.connectionString('postgres'))
    const wire = await startWire({ connectionString: postgres.connectionString() })
    undo.push(() => wire.close())
    project.provide('database', postgres.connectionString())
    project.provide('wire', wire.endpoint)
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}

/** A database that is in use cannot be copied: a second one stays untouched for that. */
async function keepTemplate(connectionString: string): Promise<void> {
  const client = new pg.Client(connectionString)
  await client.connect()
  try {
    await client.query('create database template_customer template customer')
  } finally {
    await client.end()
  }
}
