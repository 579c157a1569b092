import type pg from 'pg'

/**
 * Runs work that changes the schema as one transaction. Two of them wait for each other: the lock lasts as long as the transaction,
 * because behind a pooler the next statement may run in another session. What the work locks itself it must get at once: while
 * it waits for a table, all who come after it wait too.
 */
export async function inSchemaChangeTransaction<T>(
  client: pg.Client,
  work: () => Promise<T>,
): Promise<T> {
  await client.query('begin')
  try {
    await client.query(`select pg_advisory_xact_lock(hashtext('customer-service migrations'))`)
    await client.query(`set local lock_timeout = '5s'`)
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
