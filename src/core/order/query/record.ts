import { sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind, WrittenJobs } from '#db/kind'
import { directCall } from '#db/use-case'
import { acting } from '#query/outbox'
import type { Order } from '../field.ts'
import { call } from '../generated/call.ts'
import type { OrderRow } from '../record.ts'

/** Records the states of many orders in the ledger. The `place` of a row is its order's place. */
export const recordOrders = directCall(
  'record_orders',
  { ...acting, orders: kind.jsonb<readonly OrderRow[]>(), currency: kind.text },
  (p) => {
    const { columns, from } = call.recordOrders(p)
    const { place, known, applied, document, jobs } = columns
    return db
      .select({
        place,
        known,
        applied,
        order: kind.jsonb<Order>()(sql`${document}`),
        jobs: new WrittenJobs(jobs, 'announce'),
      })
      .from(from)
  },
)
