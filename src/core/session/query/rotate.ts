import { and, eq, exists, gt, gte, or, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, sessionTable } from '#db/schema'
import type { ValuesOf } from '#db/use-case'

/** A refresh token, and the token that replaces it: its child. */
export const rotating = {
  tenant: sessionTable.tenant,
  id: sessionTable.id,
  /** The client that has proven itself; null: none. */
  clientId: kind.orNull(kind.text),
  hash: sessionTable.refreshHash,
  nextHash: sessionTable.refreshHash,
  /** The statuses of customers who may log in. */
  statuses: kind.texts,
  now: sessionTable.lastUsedAt,
}
export type Rotating = ValuesOf<typeof rotating>

/** The session, if it is this client's. Without a client, it is one whose client need not prove itself. */
export const isTheSession = (p: Pick<Rotating, 'tenant' | 'id' | 'clientId'>) =>
  and(
    eq(sessionTable.tenant, p.tenant),
    eq(sessionTable.id, p.id),
    sql`coalesce(${sessionTable.clientId} = ${p.clientId}, not ${sessionTable.isBound})`,
  )

/** Whether the session is alive: its customer may log in, and its time is not over. */
export const goesOn = (p: Rotating) =>
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

/** How long a spent token is answered with its child. */
const ANSWERED_AGAIN = sql.raw(`interval '10 seconds'`)

/**
 * Whether the token is good: it is the newest, or the newest is its child and replaced it within ten seconds. A child that was
 * itself exchanged is not the newest any more.
 */
export const isGood = (p: Rotating) =>
  or(
    eq(sessionTable.refreshHash, p.hash),
    and(
      eq(sessionTable.refreshHash, p.nextHash),
      gte(sessionTable.rotatedAt, kind.moment(sql`${p.now} - ${ANSWERED_AGAIN}`)),
    ),
  )

/** Whether the token's child is the session's newest token by now. */
export const isRotated = (p: Rotating) =>
  and(isTheSession(p), eq(sessionTable.refreshHash, p.nextHash))
