import { and, eq, exists, gt, gte, or, sql } from 'drizzle-orm'
import { customerTable, sessionTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import type { ValuesOf } from '#db/use-case'

/** A refresh token, and the token that replaces it: its child. */
export const rotateTokenParams = {
  tenant: sessionTable.tenant,
  id: sessionTable.id,
  /** The client that has proven itself; null: none. */
  clientId: sqlType.orNull(sqlType.text),
  hash: sessionTable.refreshHash,
  nextHash: sessionTable.refreshHash,
  /** The statuses of customers who may log in. */
  statuses: sqlType.texts,
  now: sessionTable.lastUsedAt,
}
export type RotateTokenValues = ValuesOf<typeof rotateTokenParams>

/** The session, if it is this client's. Without a client, it is one whose client need not prove itself. */
export const isSessionOfClient = (p: Pick<RotateTokenValues, 'tenant' | 'id' | 'clientId'>) =>
  and(
    eq(sessionTable.tenant, p.tenant),
    eq(sessionTable.id, p.id),
    sql`coalesce(${sessionTable.clientId} = ${p.clientId}, not ${sessionTable.isBound})`,
  )

/** Whether the session is alive: its customer may log in, and its time is not over. */
export const isSessionAlive = (p: RotateTokenValues) =>
  and(
    gt(sessionTable.expiresAt, p.now),
    exists(
      db
        .select({ id: customerTable.id })
        .from(customerTable)
        .where(
          and(
            eq(customerTable.tenant, p.tenant),
            eq(customerTable.id, sessionTable.customerId),
            sql`${customerTable.status} = any(${p.statuses})`,
          ),
        ),
    ),
  )

/** The time in which a spent token still gets its child. */
const ANSWERED_AGAIN = sql.raw(`interval '10 seconds'`)

/**
 * Whether the token is good: it is the newest, or the newest is its child and replaced it within ten seconds. A child that was
 * itself exchanged is not the newest any more.
 */
export const isRefreshTokenGood = (p: RotateTokenValues) =>
  or(
    eq(sessionTable.refreshHash, p.hash),
    and(
      eq(sessionTable.refreshHash, p.nextHash),
      gte(sessionTable.rotatedAt, sqlType.moment(sql`${p.now} - ${ANSWERED_AGAIN}`)),
    ),
  )

/** Whether the token's child is the session's newest token by now. */
export const isChildTokenNewest = (p: RotateTokenValues) =>
  and(isSessionOfClient(p), eq(sessionTable.refreshHash, p.nextHash))
