import pg from 'pg'
import { afterAll, inject } from 'vitest'

const pools = new Map<string, pg.Pool>()

/** Looks into the tests' database, or another one, past the service. */
export async function query<R>(
  text: string,
  values: readonly unknown[] = [],
  database = inject('database'),
): Promise<R[]> {
  const pool = pools.get(database) ?? openPool(database)
  const { rows } = await pool.query(text, [...values])
  return rows
}

function openPool(database: string): pg.Pool {
  // No session ends by itself: a new one costs more than a hundred of these queries.
  const opened = new pg.Pool({ connectionString: database, max: 2, idleTimeoutMillis: 0 })
  pools.set(database, opened)
  // The server may end before this process does.
  opened.on('error', () => undefined)
  if (database === inject('database')) return opened
  // One of a file's own is dropped with the file.
  afterAll(async () => {
    pools.delete(database)
    await opened.end()
  })
  return opened
}
