import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm'
import { mergeTable } from '#db/schema'
import { db } from '#db/statement-builders'
import { type CustomersToErase, isInTextArray } from './customers-to-erase.ts'

/** A customer's part of the image of a merge, when it is empty. */
const NO_IMAGE = `{"customer":{"metadata":{}},"addresses":[],"memberships":[]}`

/**
 * Erases the customers' part of each merge. Filled fields came from the merged customer, so they are erased with that customer. After an undo, the other customer keeps its own part.
 */
export function forgetMerges(p: CustomersToErase) {
  const { survivorId, mergedId, before, profile, metadata, conflicts, passwordHash } = mergeTable
  const isSurvivor = isInTextArray(survivorId, p.ids)
  const isMerged = isInTextArray(mergedId, p.ids)
  const isTheirs = and(eq(mergeTable.tenant, p.tenant), or(isSurvivor, isMerged))
  const emptied = (part: 'survivor' | 'merged', when: SQL) =>
    sql`case when ${when} then jsonb_build_object(${sql.raw(`'${part}'`)}, ${sql.raw(`'${NO_IMAGE}'::jsonb`)}) else '{}' end`
  const unlessMerged = (column: unknown, blank: string) =>
    sql`case when ${isMerged} then ${sql.raw(`'${blank}'`)} else ${column} end`
  return [
    db.delete(mergeTable).where(and(isTheirs, eq(mergeTable.state, 'pending'))),
    db
      .update(mergeTable)
      .set({
        before: sql`${before} || ${emptied('survivor', isSurvivor)} || ${emptied('merged', isMerged)}`,
        profile: unlessMerged(profile, '{}'),
        metadata: unlessMerged(metadata, '{}'),
        conflicts: unlessMerged(conflicts, '[]'),
        passwordHash: sql`case when ${isMerged} then null else ${passwordHash} end`,
      })
      .where(and(isTheirs, ne(mergeTable.state, 'pending'))),
  ]
}
