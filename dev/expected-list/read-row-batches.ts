import type pg from 'pg'

const AT_ONCE = 20_000

/** The rows of a statement with a tenant as its parameter, some at a time, in a transaction that has begun. */
export async function* readRowBatches<Row extends unknown[]>(
  client: pg.Client,
  text: string,
  tenant: string,
): AsyncGenerator<readonly Row[]> {
  await client.query(`declare batch no scroll cursor for ${text}`, [tenant])
  for (;;) {
    const fetch = { text: `fetch ${AT_ONCE} from batch`, rowMode: 'array' } as const
    const { rows } = await client.query<Row>(fetch)
    if (rows.length === 0) break
    yield rows
  }
  await client.query('close batch')
}
