import { and, eq, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { authorizationCodeTable, sessionTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'

/**
 * Hands on what a session has from its login to the one that takes its place, before it ends: whether its client must prove itself, and the
 * code for which it was given, so that a second use of that code ends the new one.
 */
export const succeedSession = useCase(
  'succeed_session',
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
