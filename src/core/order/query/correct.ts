import { db } from '#db/builder'
import { kind } from '#db/kind'
import { driftTable } from '#db/schema'
import { directCall } from '#db/use-case'
import { call } from '../generated/call.ts'

/** Compares the counters of the next customers with the ledger, and corrects them. No row when another one is at it. */
export const correctCounters = directCall(
  'correct_counters',
  {
    tenant: driftTable.tenant,
    currency: kind.text,
    now: driftTable.createdAt,
    limit: kind.int,
  },
  (p) => {
    const { columns, from } = call.correctCounters(p)
    return db.select(columns).from(from)
  },
)
