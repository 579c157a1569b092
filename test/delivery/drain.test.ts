import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { emitMany, insertCustomers } from '../support/emit.ts'
import { runs } from '../support/runs.ts'
import { MINUTE, subscribe } from '../support/webhook.ts'

let arrived = 0
const app = await startTestApp({
  database: await freshDatabase(),
  fetch: async () => {
    arrived++
    return new Response('ok')
  },
})

/** How many statements it takes until so many events have arrived at three endpoints. */
async function drain(customers: readonly string[], each: number): Promise<number> {
  await emitMany(app, customers, each)
  app.advance(MINUTE)
  app.wire.reset()
  arrived = 0
  await app.cron()
  await app.drain()
  expect(arrived).toBe(customers.length * each * 3)
  return app.wire.count().statements
}

/** For each customer. */
const FEW = 4
const MANY = runs(12, 100)

test('many more events reach three endpoints in statements that grow with batches, not with events', async () => {
  for (const name of ['a', 'b', 'c']) await subscribe(app, `https://${name}.example/hook`)
  const customers = await insertCustomers(app, 100)
  const few = await drain(customers, FEW)
  const many = await drain(customers, MANY)
  // Of a hundred events: one announcement; at three endpoints a claim, a record and a look that finds nothing.
  expect(few).toBeLessThan(FEW * 12)
  expect(many).toBeLessThan(MANY * 12)
})
