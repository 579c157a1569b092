import { and, eq, notExists, sql } from 'drizzle-orm'
import { mergeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { mergeDetailSelection, mergeSelection } from './selection.ts'

const params = pick(mergeTable, 'tenant', 'id')
type Which = { readonly tenant: string; readonly id: string }

export const isThisMerge = (p: Which) =>
  and(eq(mergeTable.tenant, p.tenant), eq(mergeTable.id, p.id))

export const mergeWithDetailSelection = {
  merge: mergeSelection(mergeTable),
  detail: mergeDetailSelection(mergeTable),
}

/** A merge with all rows that it moved and stored. */
export const findMerge = useCase('find_merge', params, (p) => [
  db.select(mergeWithDetailSelection).from(mergeTable).where(isThisMerge(p)),
])

const answer = (p: Which, isNew: boolean) =>
  db
    .select({ created: sqlType.flag(isNew ? sql`true` : sql`false`), ...mergeWithDetailSelection })
    .from(mergeTable)
    .where(isThisMerge(p))

/** The merge that this commit has done. Refuses `precondition_failed` if a change of one of the two customers prevented it. */
export const answerMergeOfCommit = useCase('answer_merge_of_commit', params, (p) => [
  refuseWhen({
    precondition_failed: notExists(
      db
        .select({ id: mergeTable.id })
        .from(mergeTable)
        .where(and(isThisMerge(p), eq(mergeTable.state, 'done'))),
    ),
  }),
  answer(p, true),
])

/** A merge that was done by an earlier commit. */
export const answerRepeatedMerge = useCase('answer_repeated_merge', params, (p) => [
  answer(p, false),
])
