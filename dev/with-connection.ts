import pg from 'pg'

/** A database that sleeps wakes up within seconds. */
const PATIENCE_MS = 30_000

/** Does work with a connection of its own, which ends with it. */
export async function withConnection<T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: PATIENCE_MS })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
