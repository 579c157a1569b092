import { sql } from 'drizzle-orm'
import { sqlType, WrittenJobs } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { directUseCase } from '#db/use-case'
import { actorParams } from '#query/outbox'
import type { Order } from '../field-list.ts'
import { call } from '../generated/call.ts'
import type { OrderRow } from '../record.ts'

/** Records the states of many orders in the ledger. The `place` of a row is its order's place. */
export const recordOrders = directUseCase(
  'record_orders',
  { ...actorParams, orders: sqlType.jsonb<readonly OrderRow[]>(), currency: sqlType.text },
  (p) => {
    const { columns, from } = call.recordOrders(p)
    const { place, known, applied, document, jobs } = columns
    return db
      .select({
        place,
        known,
        applied,
        order: sqlType.jsonb<Order>()(sql`${document}`),
        jobs: new WrittenJobs(jobs, 'announce'),
      })
      .from(from)
  },
)
