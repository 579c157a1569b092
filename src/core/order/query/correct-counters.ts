import { driftTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { directUseCase } from '#db/use-case'
import { call } from '../generated/call.ts'

/** Compares the counters of the next customers with the ledger, and corrects them. No row: another scan is running. */
export const correctCounters = directUseCase(
  'correct_counters',
  {
    tenant: driftTable.tenant,
    currency: sqlType.text,
    now: driftTable.createdAt,
    limit: sqlType.int,
    /** The first of the jobs that judge corrected customers. Cron sends their messages. */
    job: sqlType.text,
  },
  (p) => {
    const { columns, from } = call.correctCounters(p)
    return db.select(columns).from(from)
  },
)
