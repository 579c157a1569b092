import { and, eq, exists } from 'drizzle-orm'
import { db, isAny, pick } from '#db/builder'
import { kind } from '#db/kind'
import { mailTable, quotaTable } from '#db/schema'
import { useCase } from '#db/use-case'

/** The counts of a mail that was asked for, and whether it is sent. */
export const findCounts = useCase(
  'find_counts',
  { ...pick(mailTable, 'tenant', 'id'), keys: kind.texts },
  (p) => [
    db
      .select({
        ...pick(quotaTable, 'key', 'count', 'since', 'lastAt'),
        isSent: kind.flag(
          exists(
            db
              .select({ id: mailTable.id })
              .from(mailTable)
              .where(and(eq(mailTable.tenant, p.tenant), eq(mailTable.id, p.id))),
          ),
        ),
      })
      .from(quotaTable)
      .where(and(eq(quotaTable.tenant, p.tenant), isAny(quotaTable.key, p.keys))),
  ],
)
