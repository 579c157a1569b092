import { and, eq, exists, gt } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, mailTokenTable, sessionTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isRotated, rotating, rotation } from '#query/session'

/** What a session goes on with at the provider. */
const renewable = { sealed: sessionTable.providerRefresh, credential: customerTable.passwordHash }

const ofSession = and(
  eq(customerTable.tenant, sessionTable.tenant),
  eq(customerTable.id, sessionTable.customerId),
)

/**
 * Checks a refresh token of ours before the provider is asked: `nextHash` is the same token. One that is not the newest ends its
 * session. Without a row the session does not go on.
 */
export const checkRefreshToken = useCase('check_refresh_token', rotating, (p) => [
  ...rotation(p),
  db.select(renewable).from(sessionTable).innerJoin(customerTable, ofSession).where(isRotated(p)),
])

/** The session that a link is about to end, and whether the link is still good. */
export const findLinkedSession = useCase(
  'find_linked_session',
  {
    ...pick(sessionTable, 'tenant', 'id'),
    linkId: mailTokenTable.id,
    linkHash: mailTokenTable.hash,
    now: mailTokenTable.expiresAt,
  },
  (p) => [
    db
      .select({
        isLinkGood: kind.flag(
          exists(
            db
              .select({ id: mailTokenTable.id })
              .from(mailTokenTable)
              .where(
                and(
                  eq(mailTokenTable.tenant, p.tenant),
                  eq(mailTokenTable.id, p.linkId),
                  eq(mailTokenTable.hash, p.linkHash),
                  gt(mailTokenTable.expiresAt, p.now),
                ),
              ),
          ),
        ),
        ...renewable,
      })
      .from(sessionTable)
      .innerJoin(customerTable, ofSession)
      .where(and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.id))),
  ],
)

/** Ends a session that the provider does not go on with. */
export const dropSession = useCase('drop_session', pick(sessionTable, 'tenant', 'id'), (p) => [
  db.delete(sessionTable).where(and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.id))),
  noAnswer,
])
