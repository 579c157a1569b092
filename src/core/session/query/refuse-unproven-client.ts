import { and, eq, exists, inArray } from 'drizzle-orm'
import { sessionTable } from '#db/schema'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'

/** Refuses `invalid_client` if no client has proven itself, the session needs its client's proof, and the refresh token is valid. The session goes on. */
export const refuseUnprovenClient = useCase(
  'refuse_unproven_client',
  {
    ...pick(sessionTable, 'tenant', 'id'),
    hash: sessionTable.refreshHash,
    nextHash: sessionTable.refreshHash,
  },
  (p) => [
    refuseWhen({
      invalid_client: exists(
        db
          .select({ id: sessionTable.id })
          .from(sessionTable)
          .where(
            and(
              eq(sessionTable.tenant, p.tenant),
              eq(sessionTable.id, p.id),
              sessionTable.isBound,
              inArray(sessionTable.refreshHash, [p.hash, p.nextHash]),
            ),
          ),
      ),
    }),
    noAnswer,
  ],
)
