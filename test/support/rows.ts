import pg from 'pg'
import { afterAll, inject } from 'vitest'

let pool: pg.Pool | undefined

/** Looks into the tests' database, past the service. */
export async function query<R>(text: string, values: readonly unknown[] = []): Promise<R[]> {
  pool ??= openPool()
  const { rows } = await pool.query(text, [...values])
  return rows
}

function openPool(): pg.Pool {
  const opened = new pg.Pool({ connectionString: inject('database'), max: 2 })
  // The next file of this process opens its own.
  afterAll(async () => {
    pool = undefined
    await opened.end()
  })
  return opened
}
