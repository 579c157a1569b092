import { and, eq, isNull, lt, or } from 'drizzle-orm'
import { releaseTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'

/** Stores the time at which a release was called, unless one since `before` is stored. */
export const touchRelease = useCase(
  'touch_release',
  { id: releaseTable.id, now: sqlType.moment, before: sqlType.moment },
  (p) => [
    db
      .update(releaseTable)
      .set({ calledAt: p.now })
      .where(
        and(
          eq(releaseTable.id, p.id),
          or(isNull(releaseTable.calledAt), lt(releaseTable.calledAt, p.before)),
        ),
      ),
    noAnswer,
  ],
)
