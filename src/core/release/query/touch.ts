import { and, eq, isNull, lt, or } from 'drizzle-orm'
import { db } from '#db/builder'
import { kind } from '#db/kind'
import { releaseTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'

/** Notes that a release was called, when that was not noted since `before`. */
export const touchRelease = useCase(
  'touch_release',
  { id: releaseTable.id, now: kind.moment, before: kind.moment },
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
