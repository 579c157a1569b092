import { and, eq, sql } from 'drizzle-orm'
import { authorizationCodeTable, sessionTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'

/**
 * Copies two things from a session to its replacement, before the old session ends: whether its client must prove itself, and its authorization code. A second use of that code then ends the new session.
 */
export const inheritCodeAndClientBinding = useCase(
  'inherit_code_and_client_binding',
  { ...pick(sessionTable, 'tenant', 'id', 'customerId'), before: sessionTable.id },
  (p) => [
    db
      .update(sessionTable)
      .set({
        isBound: sql`coalesce((${db
          .select({ isBound: sessionTable.isBound })
          .from(sessionTable)
          .where(and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.before)))}), false)`,
      })
      .where(and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.id))),
    db
      .update(authorizationCodeTable)
      .set({ sessionId: p.id })
      .where(
        and(
          eq(authorizationCodeTable.tenant, p.tenant),
          eq(authorizationCodeTable.customerId, p.customerId),
          eq(authorizationCodeTable.sessionId, p.before),
        ),
      ),
    noAnswer,
  ],
)
