import { and, eq, isNull, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { tickTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'

/** Tasks are done, for every moment that was claimed with this lease. */
export const finishTicks = useCase(
  'finish_ticks',
  { tasks: kind.texts, lease: tickTable.leasedUntil, now: kind.moment },
  (p) => [
    db
      .update(tickTable)
      .set({ doneAt: p.now })
      .where(
        and(
          sql`${tickTable.task} = any(${p.tasks})`,
          isNull(tickTable.doneAt),
          eq(tickTable.leasedUntil, p.lease),
        ),
      ),
    noAnswer,
  ],
)
