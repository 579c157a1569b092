import { and, eq, exists, isNotNull, isNull, notExists, type SQL, sql } from 'drizzle-orm'
import { db, insertFrom, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { deadLetterTable, jobTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { deadLetterSelection } from './selection.ts'

const params = { ...pick(deadLetterTable, 'tenant', 'id'), now: kind.moment }

const isLetter = (p: ValuesOf<typeof params>) =>
  and(eq(deadLetterTable.tenant, p.tenant), eq(deadLetterTable.id, p.id))

/** Whether this very transaction has written the letter. */
const isWritten = kind.flag(sql`(${deadLetterTable}.xmin = pg_current_xact_id()::xid)`)

/**
 * Puts back the job of a dead letter. What had no row gets none: its message says it all. It answers with the letter, and whether
 * its message is to be sent. Refuses `dead_letter_not_found`, `dead_letter_unreadable`.
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
    insertFrom(
      jobTable,
      {
        tenant: p.tenant,
        id: deadLetterTable.subject,
        kind: deadLetterTable.kind,
        payload: deadLetterTable.payload,
        dueAt: sql<string>`${p.now} + interval '1 minute'`,
        createdAt: p.now,
      },
      sql`from ${deadLetterTable} where ${and(isLetter(p), isWritten, isNotNull(deadLetterTable.payload))}`,
    ).onConflictDoNothing(),
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
