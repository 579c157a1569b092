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
  const opened = new pg.Pool({ connectionString: database, max: 2 })
  pools.set(database, opened)
  // The next file of this process opens its own.
  afterAll(async () => {
    pools.delete(database)
    await opened.end()
  })
  return opened
}
