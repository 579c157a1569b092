import type { BenchRequest } from './load.ts'

/** Writes of everyday, one kind after the other. `someone` is the id of a customer, and the group is one that others work on. */
export function makeEverydayWriteCycle(
  run: string,
  group: string,
  someone: () => string,
): () => BenchRequest {
  let count = 0
  const fresh = () => `${run}-${count}`
  const kinds: (() => BenchRequest)[] = [
    () => ({
      method: 'PATCH',
      path: `/customer/${someone()}`,
      body: { firstName: fresh() },
    }),
    () => ({
      method: 'PUT',
      path: `/customer/${someone()}/order/${fresh()}`,
      body: {
        total: 2500,
        refunded: 0,
        currency: 'USD',
        state: 'paid',
        placedAt: new Date().toISOString(),
        version: 1,
      },
    }),
    () => ({
      method: 'POST',
      path: '/customer',
      body: { email: `write-${fresh()}@bench.example`, firstName: 'Bench' },
    }),
    () => ({
      method: 'POST',
      path: `/customer/${someone()}/group`,
      body: { group },
    }),
  ]
  return () => {
    const kind = kinds[count++ % kinds.length]
    if (kind === undefined) throw new Error('there is a kind')
    return kind()
  }
}
