import { and, eq, exists, gt } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, mailTokenTable, sessionTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { isRotated, rotating, rotation } from '#query/session'

/** The columns that renew a session at the provider. */
const renewable = { sealed: sessionTable.providerRefresh, credential: customerTable.passwordHash }

const ofSession = and(
  eq(customerTable.tenant, sessionTable.tenant),
  eq(customerTable.id, sessionTable.customerId),
)

/**
 * Checks a refresh token of this service before the provider is asked: `nextHash` is the same token. A token that is not the newest
 * ends its session. No row: the session is over.
 */
export const checkRefreshToken = useCase('check_refresh_token', rotating, (p) => [
  ...rotation(p),
  db.select(renewable).from(sessionTable).innerJoin(customerTable, ofSession).where(isRotated(p)),
])

/** The session that a link will end, and whether the link is still valid. */
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

/** Ends a session that the provider does not renew. */
export const dropSession = useCase('drop_session', pick(sessionTable, 'tenant', 'id'), (p) => [
  db.delete(sessionTable).where(and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.id))),
  noAnswer,
])
