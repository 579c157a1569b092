import type { TestWire } from './wire.ts'

/**
 * Lets something happen after a request has read what it needs, and before its commit.
 * @param commit what the text of the commit says.
 */
export async function between<T>(
  { faults }: TestWire,
  commit: RegExp,
  work: () => Promise<T>,
  change: () => Promise<unknown>,
): Promise<T> {
  const arrived = Promise.withResolvers<'arrived'>()
  const changed = Promise.withResolvers<void>()
  faults.add({
    at: 'before',
    do: 'hold',
    until: changed.promise,
    when({ queries }) {
      const isIt = queries.some(({ query }) => commit.test(query))
      if (isIt) arrived.resolve('arrived')
      return isIt
    },
  })
  const done = work()
  try {
    const first = await Promise.race([arrived.promise, done])
    if (first !== 'arrived') throw new Error(`it ended without ${commit}`)
    await change()
  } finally {
    changed.resolve()
  }
  return done
}
