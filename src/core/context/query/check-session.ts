import { and, eq, gt, inArray, notExists, sql } from 'drizzle-orm'
import { customerTable, sessionTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'

/**
 * Checks the session at the head of every request of a shopper: an access token outlives neither its session nor the right to log in.
 * Refuses `invalid_token`. It is one statement, for every request of a shopper waits for it.
 */
export const checkSession = useCase(
  'check_session',
  { ...pick(sessionTable, 'tenant', 'id', 'customerId'), now: sqlType.moment },
  (p) => [
    db
      .select({ isGood: sqlType.flag(sql`refuse('invalid_token') is null`) })
      .from(sql`(select) asked`)
      .where(
        notExists(
          db
            .select({ id: sessionTable.id })
            .from(sessionTable)
            .innerJoin(
              customerTable,
              and(
                eq(customerTable.tenant, sessionTable.tenant),
                eq(customerTable.id, sessionTable.customerId),
              ),
            )
            .where(
              and(
                eq(sessionTable.tenant, p.tenant),
                eq(sessionTable.id, p.id),
                eq(sessionTable.customerId, p.customerId),
                gt(sessionTable.expiresAt, p.now),
                inArray(customerTable.status, ['unverified', 'active']),
              ),
            ),
        ),
      ),
  ],
)
