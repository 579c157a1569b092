import { and, eq, exists, isNotNull, isNull, notExists, type SQL, sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { deadLetterTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { enqueueJob } from '#query/outbox'
import { deadLetterSelection } from './selection.ts'

const params = { ...pick(deadLetterTable, 'tenant', 'id'), now: kind.moment }

const isLetter = (p: ValuesOf<typeof params>) =>
  and(eq(deadLetterTable.tenant, p.tenant), eq(deadLetterTable.id, p.id))

/** Whether this transaction has written the letter. */
const isWritten = kind.flag(sql`(${deadLetterTable}.xmin = pg_current_xact_id()::xid)`)

/**
 * Restores the job of a dead letter. A letter without a job gets none, for its message has all the data. Answers with the letter, and
 * whether its message is to be sent. Refuses `dead_letter_not_found`, `dead_letter_unreadable`.
 */
export const replayDeadLetter = useCase('replay_dead_letter', params, (p) => {
  const letter = (more?: SQL) =>
    db
      .select(pick(deadLetterTable, 'id'))
      .from(deadLetterTable)
      .where(and(isLetter(p), more))
  return [
    letter().for('update'),
    refuseWhen({
      dead_letter_not_found: notExists(letter()),
      dead_letter_unreadable: exists(letter(eq(deadLetterTable.kind, 'unreadable'))),
    }),
    db
      .update(deadLetterTable)
      .set({ replayedAt: p.now })
      .where(and(isLetter(p), isNull(deadLetterTable.replayedAt))),
    enqueueJob(p, {
      id: deadLetterTable.subject,
      kind: deadLetterTable.kind,
      payload: deadLetterTable.payload,
      from: sql`from ${deadLetterTable} where ${and(isLetter(p), isWritten, isNotNull(deadLetterTable.payload))}`,
    }).onConflictDoNothing(),
    db
      .select({
        ...pick(deadLetterTable, 'subject'),
        isDue: isWritten,
        letter: deadLetterSelection(deadLetterTable),
      })
      .from(deadLetterTable)
      .where(isLetter(p)),
  ]
})
