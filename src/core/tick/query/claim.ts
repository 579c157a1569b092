import { and, isNull, lt, sql } from 'drizzle-orm'
import { db, insertFrom, pick } from '#db/builder'
import { kind } from '#db/kind'
import { tickTable } from '#db/schema'
import { useCase } from '#db/use-case'

const claiming = { tasks: kind.texts, until: tickTable.leasedUntil, now: kind.moment }

/** A run that died or failed before: it is not done, and its lease is over. */
const isFree = ({ now }: { readonly now: string }) =>
  sql`(${isNull(tickTable.doneAt)} and ${lt(tickTable.leasedUntil, now)})`

/** Leases the tasks of one moment, and answers with those that nobody else has. */
export const claimTicks = useCase(
  'claim_ticks',
  { ...claiming, scheduledAt: tickTable.scheduledAt },
  (p) => [
    insertFrom(
      tickTable,
      { task: sql<string>`task`, scheduledAt: p.scheduledAt, leasedUntil: p.until },
      sql`from unnest(${p.tasks}) task`,
    )
      .onConflictDoUpdate({
        target: [tickTable.task, tickTable.scheduledAt],
        set: { leasedUntil: p.until },
        setWhere: isFree(p),
      })
      .returning(pick(tickTable, 'task')),
  ],
)

/** Leases what was left undone of any moment before. */
export const claimOrphans = useCase('claim_orphans', claiming, (p) => {
  const orphans = db
    .select(pick(tickTable, 'task', 'scheduledAt'))
    .from(tickTable)
    .where(and(isFree(p), sql`${tickTable.task} = any(${p.tasks})`))
    .for('update', { skipLocked: true })
  return [
    db
      .update(tickTable)
      .set({ leasedUntil: p.until })
      .where(sql`(${tickTable.task}, ${tickTable.scheduledAt}) in (${orphans})`)
      .returning(pick(tickTable, 'task')),
  ]
})
