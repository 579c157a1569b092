import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { customerTable, jobTable, mergeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { mergeSideSelection } from './side.ts'

export const [survivorTable, mergedTable] = [
  alias(customerTable, 'survivor'),
  alias(customerTable, 'merged'),
] as const

const isSide = (
  side: typeof survivorTable | typeof mergedTable,
  tenant: string,
  id: string | SQL,
) => and(eq(side.tenant, tenant), eq(side.id, id))

/** The two sides of a merge, and the id of the merge if it is done already. */
export const findMergeSides = useCase(
  'read_sides_of_merge',
  { ...pick(mergeTable, 'tenant', 'survivorId', 'mergedId') },
  (p) => [
    db
      .select({
        done: mergeTable.id,
        survivor: mergeSideSelection(survivorTable),
        merged: mergeSideSelection(mergedTable),
      })
      .from(sql`(values (1)) asked (once)`)
      .leftJoin(survivorTable, isSide(survivorTable, p.tenant, p.survivorId))
      .leftJoin(mergedTable, isSide(mergedTable, p.tenant, p.mergedId))
      .leftJoin(
        mergeTable,
        and(
          eq(mergeTable.tenant, p.tenant),
          eq(mergeTable.survivorId, p.survivorId),
          eq(mergeTable.mergedId, p.mergedId),
          eq(mergeTable.state, 'done'),
        ),
      ),
  ],
)

/** The pairs of the merges that are still due. */
export const findDueMerges = useCase(
  'find_due_merges',
  { ...pick(mergeTable, 'tenant'), jobs: sqlType.texts },
  (p) => [
    db
      .select({
        merge: mergeTable.id,
        survivor: mergeSideSelection(survivorTable),
        merged: mergeSideSelection(mergedTable),
      })
      .from(mergeTable)
      .innerJoin(survivorTable, isSide(survivorTable, p.tenant, sql`${mergeTable.survivorId}`))
      .innerJoin(mergedTable, isSide(mergedTable, p.tenant, sql`${mergeTable.mergedId}`))
      .where(
        and(
          eq(mergeTable.tenant, p.tenant),
          inArray(
            mergeTable.id,
            db
              .select({ merge: sql`${jobTable.payload} ->> 'merge'` })
              .from(jobTable)
              .where(and(eq(jobTable.tenant, p.tenant), sql`${jobTable.id} = any(${p.jobs})`)),
          ),
          eq(mergeTable.state, 'pending'),
        ),
      )
      .orderBy(mergeTable.id),
  ],
)
