import { and, eq, exists, sql } from 'drizzle-orm'
import { revokedTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'

/**
 * Checks the access token of a client at the head of each of its requests. Refuses `invalid_token` if it was revoked. It is one statement,
 * for every request of a service waits for it.
 */
export const checkClientToken = useCase(
  'check_client_token',
  pick(revokedTokenTable, 'tenant', 'id'),
  (p) => [
    db
      .select({ isGood: sqlType.flag(sql`refuse('invalid_token') is null`) })
      .from(sql`(select) asked`)
      .where(
        exists(
          db
            .select({ id: revokedTokenTable.id })
            .from(revokedTokenTable)
            .where(and(eq(revokedTokenTable.tenant, p.tenant), eq(revokedTokenTable.id, p.id))),
        ),
      ),
  ],
)
