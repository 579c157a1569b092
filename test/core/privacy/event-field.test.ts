import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { customerTable } from '#db/schema'
import { db } from '#db/statement-builders'
import { appendEvent, eventDataOf } from '#query/outbox'

/** Never called: only the compiler reads it. */
const written = (p: Parameters<typeof appendEvent>[0]) => {
  const change = db.select().from(customerTable)
  return [
    // @ts-expect-error A field that no erasure knows.
    appendEvent(p, change, () => ({ type: 'customer.updated', data: { birthday: sql`1` } })),
    // @ts-expect-error The same where it may be left out.
    appendEvent(p, change, () => ({ type: 'customer.updated', optional: { birthday: sql`1` } })),
    appendEvent(p, change, () => ({ type: 'customer.updated', data: { reason: sql`1` } })),
    // @ts-expect-error The same for an event that is written by itself.
    eventDataOf({ birthday: sql`1` }),
  ]
}

test('a field of an event that the map does not know does not compile', () => {
  expect(written).toBeInstanceOf(Function)
})
