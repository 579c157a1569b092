import pg from 'pg'

/** Those that others name come first, so that their ids are known by what the rows say. */
const first = ['customer', 'webhook', 'event', 'session', 'email_change', 'mail_token', 'merge']

const rank = (table: string): number =>
  first.includes(table) ? first.indexOf(table) : first.length

/** What PostgreSQL says by itself: the number of a transaction, its own clock. */
const ofPostgres = new Map([
  ['event', 'place'],
  ['erasure', 'place'],
  ['consent', 'place'],
  ['signed_out', 'at'],
])

/** All that a database holds, by table. */
export async function allRows(
  connectionString: string,
): Promise<Map<string, Readonly<Record<string, unknown>>[]>> {
  const client = new pg.Client(connectionString)
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
    )
    const found = new Map<string, Readonly<Record<string, unknown>>[]>()
    for (const { name } of tables.sort((a, b) => rank(a.name) - rank(b.name))) {
      const { rows } = await client.query<{ row: Readonly<Record<string, unknown>> }>(
        `select to_jsonb(t) - $1::text as row from ${client.escapeIdentifier(name)} t`,
        [ofPostgres.get(name) ?? ''],
      )
      found.set(
        name,
        rows.map(({ row }) => row),
      )
    }
    return found
  } finally {
    await client.end()
  }
}
