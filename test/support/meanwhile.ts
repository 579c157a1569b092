import pg from 'pg'
import { inject } from 'vitest'
import { untilWaitedFor } from './waits.ts'

/** Does the work while a transaction is about to commit that it has to wait for; the answer comes after that, or before without a wait. */
export async function meanwhile<T>(
  statement: string,
  values: readonly unknown[],
  work: () => Promise<T>,
): Promise<T> {
  const client = new pg.Client(inject('database'))
  await client.connect()
  try {
    await client.query('begin')
    await client.query(statement, [...values])
    let isOver = false
    const done = work().finally(() => {
      isOver = true
    })
    await untilWaitedFor(client, '', () => isOver)
    await client.query('commit')
    return await done
  } finally {
    await client.end()
  }
}
