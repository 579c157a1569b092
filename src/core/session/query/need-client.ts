import { and, eq, exists, inArray } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { sessionTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'

/** Refuses `invalid_client` for a good refresh token of a session whose client must prove itself, where none has. The session goes on. */
export const needClient = useCase(
  'need_client',
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
