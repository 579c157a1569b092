import { and, eq, exists, gt, isNull, lte, or } from 'drizzle-orm'
import { customerTable, mailTokenTable, sessionTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import {
  isRefreshTokenGood,
  isSessionAlive,
  isSessionOfClient,
  rotateTokenParams,
} from '#query/session'

/** The columns that renew a session at the provider. */
const renewable = { sealed: sessionTable.providerRefresh, credential: customerTable.passwordHash }

const ofSession = and(
  eq(customerTable.tenant, sessionTable.tenant),
  eq(customerTable.id, sessionTable.customerId),
)

const isRenewable = (p: ValuesOf<typeof rotateTokenParams>) =>
  and(isSessionOfClient(p), isRefreshTokenGood(p), isSessionAlive(p))

/**
 * Gives this worker the provider's refresh token of a session, until a time, if the refresh token of this service is good. No row:
 * it is not, or another worker has the provider's, which can be used once.
 */
export const leaseProviderToken = useCase(
  'lease_provider_token',
  { ...rotateTokenParams, until: sqlType.moment },
  (p) => [
    db
      .update(sessionTable)
      .set({ renewingUntil: p.until })
      .where(
        and(
          isRenewable(p),
          or(isNull(sessionTable.renewingUntil), lte(sessionTable.renewingUntil, p.now)),
        ),
      )
      .returning({ id: sessionTable.id }),
  ],
)

/** The session of a good refresh token. No row: it is over, or the token is not good. */
export const findRenewableSession = useCase('find_renewable_session', rotateTokenParams, (p) => [
  db.select(renewable).from(sessionTable).innerJoin(customerTable, ofSession).where(isRenewable(p)),
])

/** Gives the provider's refresh token back, which the provider did not take. */
export const endProviderTokenLease = useCase(
  'end_provider_token_lease',
  pick(sessionTable, 'tenant', 'id'),
  (p) => [
    db
      .update(sessionTable)
      .set({ renewingUntil: null })
      .where(and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.id))),
    noAnswer,
  ],
)

/** The session that a link will end, and whether the link is still valid. */
export const findSessionAndCheckMailLink = useCase(
  'find_session_and_check_mail_link',
  {
    ...pick(sessionTable, 'tenant', 'id'),
    linkId: mailTokenTable.id,
    linkHash: mailTokenTable.hash,
    now: mailTokenTable.expiresAt,
  },
  (p) => [
    db
      .select({
        isLinkGood: sqlType.flag(
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
export const deleteUnrenewedSession = useCase(
  'delete_unrenewed_session',
  pick(sessionTable, 'tenant', 'id'),
  (p) => [
    db
      .delete(sessionTable)
      .where(and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.id, p.id))),
    noAnswer,
  ],
)
