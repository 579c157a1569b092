import { and, eq, exists } from 'drizzle-orm'
import { mailTable, quotaTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isAnyOf, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'

/** The counts of a mail that was asked for, and whether it is sent. */
export const findMailQuotas = useCase(
  'find_mail_quotas',
  { ...pick(mailTable, 'tenant', 'id'), keys: sqlType.texts },
  (p) => [
    db
      .select({
        ...pick(quotaTable, 'key', 'count', 'since', 'lastAt'),
        isSent: sqlType.flag(
          exists(
            db
              .select({ id: mailTable.id })
              .from(mailTable)
              .where(and(eq(mailTable.tenant, p.tenant), eq(mailTable.id, p.id))),
          ),
        ),
      })
      .from(quotaTable)
      .where(and(eq(quotaTable.tenant, p.tenant), isAnyOf(quotaTable.key, p.keys))),
  ],
)
