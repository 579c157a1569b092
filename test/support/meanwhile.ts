import { inject } from 'vitest'
import { lend } from './rows.ts'
import { findWaiting } from './waits.ts'

type Statement = readonly [text: string, values?: readonly unknown[]]

/**
 * Does the work beside a transaction that is not over yet. It ends when the work waits for it, or is done.
 * @param last what the transaction does before it ends, by then.
 * @param database the one that the work is done in, if it is not the shared one.
 * @returns `wrote`: the tables that the work wrote before it waited.
 */
export async function beside<T>(
  statements: readonly Statement[],
  work: () => Promise<T>,
  last: readonly Statement[] = [],
  database = inject('database'),
): Promise<{ readonly waited: boolean; readonly wrote: readonly string[]; readonly answer: T }> {
  return lend(async (client) => {
    await client.query('begin')
    for (const [text, values = []] of statements) await client.query(text, [...values])
    const done = work()
    const waiting = await findWaiting(client, done)
    for (const [text, values = []] of last) await client.query(text, [...values])
    await client.query('commit')
    return { waited: waiting !== null, wrote: waiting?.wrote ?? [], answer: await done }
  }, database)
}

/**
 * Does the work while a transaction is about to commit that it has to wait for; the answer comes after that. Work that does not wait
 * is a mistake.
 */
export async function meanwhile<T>(
  statement: string,
  values: readonly unknown[],
  work: () => Promise<T>,
): Promise<T> {
  const { waited, answer } = await beside([[statement, values]], work)
  if (!waited) throw new Error(`it did not wait for: ${statement}`)
  return answer
}
