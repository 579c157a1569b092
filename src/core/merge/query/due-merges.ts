import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { mergeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { directUseCase, useCase } from '#db/use-case'
import { call } from '../generated/call.ts'
import { mergedTable, survivorTable } from './find-merge-sides.ts'
import { mergeSideSelection } from './side.ts'

const params = { ...pick(mergeTable, 'tenant'), now: mergeTable.createdAt, limit: sqlType.int }

/** Takes the oldest pairs that no other run has taken within a minute. The rows have no order. */
export const leaseDueMerges = useCase('lease_due_merges', params, (p) => {
  const due = alias(mergeTable, 'due')
  const taken = db
    .select({ id: due.id })
    .from(due)
    .where(
      and(
        eq(due.tenant, p.tenant),
        eq(due.state, 'pending'),
        or(isNull(due.triedAt), lt(due.triedAt, sql`${p.now} - interval '1 minute'`)),
      ),
    )
    .orderBy(due.id)
    .limit(p.limit)
    .for('update', { skipLocked: true })
  return [
    db
      .update(mergeTable)
      .set({ triedAt: p.now })
      .from(survivorTable)
      .innerJoin(mergedTable, eq(mergedTable.tenant, survivorTable.tenant))
      .where(
        and(
          eq(mergeTable.tenant, p.tenant),
          sql`${mergeTable.id} = any(array(${taken}))`,
          eq(survivorTable.tenant, p.tenant),
          eq(survivorTable.id, mergeTable.survivorId),
          eq(mergedTable.id, mergeTable.mergedId),
        ),
      )
      .returning({
        merge: mergeTable.id,
        survivor: mergeSideSelection(survivorTable),
        merged: mergeSideSelection(mergedTable),
      }),
  ]
})

/** Scans the next guests, and inserts merges for those that are due. No row: another scan is running. */
export const insertDueMerges = directUseCase(
  'insert_due_merges',
  { ...params, first: mergeTable.id },
  (p) => {
    const { columns, from } = call.insertDueMerges(p)
    return db.select(columns).from(from)
  },
)
