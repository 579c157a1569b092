import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, jobTable, mergeTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { sideSelection } from './side.ts'

export const [survivor, merged] = [
  alias(customerTable, 'survivor'),
  alias(customerTable, 'merged'),
] as const

const isSide = (side: typeof survivor | typeof merged, tenant: string, id: string | SQL) =>
  and(eq(side.tenant, tenant), eq(side.id, id))

/** What there is of two customers, and the merge of one into the other if it is done already. */
export const readSides = useCase(
  'read_sides_of_merge',
  { ...pick(mergeTable, 'tenant', 'survivorId', 'mergedId') },
  (p) => [
    db
      .select({
        done: mergeTable.id,
        survivor: sideSelection(survivor),
        merged: sideSelection(merged),
      })
      .from(sql`(values (1)) asked (once)`)
      .leftJoin(survivor, isSide(survivor, p.tenant, p.survivorId))
      .leftJoin(merged, isSide(merged, p.tenant, p.mergedId))
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

/** The pairs of those merges that are still due. */
export const readDueMerges = useCase(
  'read_due_merges',
  { ...pick(mergeTable, 'tenant'), jobs: kind.texts },
  (p) => [
    db
      .select({
        merge: mergeTable.id,
        survivor: sideSelection(survivor),
        merged: sideSelection(merged),
      })
      .from(mergeTable)
      .innerJoin(survivor, isSide(survivor, p.tenant, sql`${mergeTable.survivorId}`))
      .innerJoin(merged, isSide(merged, p.tenant, sql`${mergeTable.mergedId}`))
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
