import { and, eq, exists, gt, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, sessionTable } from '#db/schema'
import type { ValuesOf } from '#db/use-case'

/** A refresh token, and the one that takes its place. */
export const rotating = {
  tenant: sessionTable.tenant,
  id: sessionTable.id,
  /** Null: the session of any client. */
  clientId: kind.orNull(kind.text),
  hash: sessionTable.refreshHash,
  nextHash: sessionTable.refreshHash,
  /** Of customers who may log in. */
  statuses: kind.texts,
  now: sessionTable.lastUsedAt,
}
type Rotating = ValuesOf<typeof rotating>

const isTheSession = (p: Rotating) =>
  and(
    eq(sessionTable.tenant, p.tenant),
    eq(sessionTable.id, p.id),
    sql`coalesce(${sessionTable.clientId} = ${p.clientId}, true)`,
  )

/** Whether the session goes on: its customer may log in, and its time is not over. */
const goesOn = (p: Rotating) =>
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

/** The session, if the next token is the newest by now. */
export const isRotated = (p: Rotating) =>
  and(isTheSession(p), eq(sessionTable.refreshHash, p.nextHash))

/**
 * Exchanges the refresh token of a session for the next. One that is not the newest was used before: it may
 * be a thief's, so the session ends. Of two that come at once the second waits, and finds its token used.
 */
export const rotation = (p: Rotating) =>
  [
    db
      .update(sessionTable)
      .set({ refreshHash: p.nextHash, lastUsedAt: p.now })
      .where(and(isTheSession(p), eq(sessionTable.refreshHash, p.hash), goesOn(p))),
    db
      .delete(sessionTable)
      .where(
        and(
          isTheSession(p),
          sql`(${and(eq(sessionTable.refreshHash, p.nextHash), goesOn(p))}) is not true`,
        ),
      ),
  ] as const
