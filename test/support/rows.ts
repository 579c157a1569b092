import pg from 'pg'
import { afterAll, inject } from 'vitest'

const pools = new Map<string, pg.Pool>()

/** Looks into the tests' database, or another one, past the service. */
export async function query<R>(
  text: string,
  values: readonly unknown[] = [],
  database = inject('database'),
): Promise<R[]> {
  const { rows } = await poolOf(database).query(text, [...values])
  return rows
}

/** Lends a session, which the next one gets when the work went well: it leaves no setting and no open transaction behind. */
export async function lend<T>(
  work: (client: pg.PoolClient) => Promise<T>,
  database = inject('database'),
): Promise<T> {
  const client = await poolOf(database).connect()
  let isClean = false
  try {
    const result = await work(client)
    isClean = true
    return result
  } finally {
    client.release(!isClean)
  }
}

/** A database on the same server. */
export function databaseNamed(name: string): string {
  const url = new URL(inject('database'))
  url.pathname = `/${name}`
  return url.href
}

const poolOf = (database: string): pg.Pool => pools.get(database) ?? openPool(database)

function openPool(database: string): pg.Pool {
  // None ends by itself: a session takes longer to begin than a hundred of these queries.
  const opened = new pg.Pool({ connectionString: database, idleTimeoutMillis: 0 })
  // The server may end before this process does.
  opened.on('error', () => undefined)
  pools.set(database, opened)
  // These two outlive the file; one of its own is dropped with it.
  if ([inject('database'), databaseNamed('postgres')].includes(database)) return opened
  afterAll(async () => {
    pools.delete(database)
    await opened.end()
  })
  return opened
}
