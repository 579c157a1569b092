import { db } from '#db/builder'
import { kind } from '#db/kind'
import { driftTable } from '#db/schema'
import { directCall } from '#db/use-case'
import { call } from '../generated/call.ts'

/** Compares the counters of the next customers with the ledger, and corrects them. No row: another scan is running. */
export const correctCounters = directCall(
  'correct_counters',
  {
    tenant: driftTable.tenant,
    currency: kind.text,
    now: driftTable.createdAt,
    limit: kind.int,
    /** The first of the jobs that judge corrected customers. Cron sends their messages. */
    job: kind.text,
  },
  (p) => {
    const { columns, from } = call.correctCounters(p)
    return db.select(columns).from(from)
  },
)
