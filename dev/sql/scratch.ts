import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { migrateTables } from '../migrate.ts'
import { startPostgres } from '../postgres.ts'
import { withConnection } from '../with-connection.ts'
import { copyEmptyCluster } from './copy-empty-cluster.ts'

/** Nothing of it is worth keeping, and it lives for seconds. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '5',
  shared_buffers: '32MB',
}

/** Lends a connection to a database of its own that has the tables, inside a transaction that is not committed. */
export async function withScratchDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'customer-scratch-'))
  try {
    await copyEmptyCluster(join(folder, 'postgres'))
    const postgres = await startPostgres({ folder: join(folder, 'postgres'), settings })
    try {
      await migrateTables(postgres.connectionString())
      return await inTransaction(postgres.connectionString(), work)
    } finally {
      await postgres.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const inTransaction = <T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> =>
  withConnection(connectionString, async (client) => {
    await client.query('begin')
    return work(client)
  })
