import { and, eq, gt, inArray, ne, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { attemptTable, mailTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { type AttemptParams, voidAttemptsWhere } from './registration-attempt.ts'

/**
 * The most live attempts of one address, and the most unsent ones. A new one takes the place of the oldest, so that strangers cannot keep
 * the owner out.
 */
const MOST = 5
const MOST_VOID_OF_PLACE = 10
const MOST_VOID = 500

/**
 * Voids the attempts of an address beyond the newest five that are live and the newest five that are unsent, with their links. Void ones
 * stay until they expire, for a login is answered as before. Of the void ones, each place keeps its newest ten, so one stranger cannot push out another's. The address keeps at most 500, because a login reads all of them.
 */
export function voidExcessAttempts(p: Pick<AttemptParams, 'tenant' | 'emailKey' | 'place'>) {
  const isOfAddress = and(eq(attemptTable.tenant, p.tenant), eq(attemptTable.emailKey, p.emailKey))
  const rankBy = (...parts: readonly SQLWrapper[]) =>
    sqlType.int(
      sql`(row_number() over (partition by ${sql.join([...parts], sql`, `)} order by ${attemptTable.createdAt} desc, ${attemptTable.id} desc))::int`,
    )
  const ranked = db
    .select({
      ...pick(attemptTable, 'id', 'state', 'place'),
      rank: rankBy(attemptTable.state).as('rank'),
      rankOfPlace: rankBy(attemptTable.state, attemptTable.place).as('rank_of_place'),
    })
    .from(attemptTable)
    .where(isOfAddress)
    .as('ranked')
  const isPlaces = sql`${ranked.place} is not distinct from ${p.place}`
  const isTooOld = or(
    and(isPlaces, gt(ranked.rankOfPlace, MOST_VOID_OF_PLACE)),
    gt(ranked.rank, MOST_VOID),
  )
  const idsWhere = (condition: SQL | undefined) =>
    inArray(attemptTable.id, db.select({ id: ranked.id }).from(ranked).where(condition))
  const gone = db.$with('gone').as(
    db
      .delete(attemptTable)
      .where(and(isOfAddress, idsWhere(and(eq(ranked.state, 'void'), isTooOld))))
      .returning({ id: attemptTable.id }),
  )
  const isReplaced = and(ne(ranked.state, 'void'), gt(ranked.rank, MOST))
  const replaced = voidAttemptsWhere(and(isOfAddress, idsWhere(isReplaced)), 'replaced')
  return db
    .with(gone, replaced)
    .delete(mailTokenTable)
    .where(
      and(
        eq(mailTokenTable.tenant, p.tenant),
        inArray(mailTokenTable.subject, db.select({ id: replaced.id }).from(replaced)),
      ),
    )
}
