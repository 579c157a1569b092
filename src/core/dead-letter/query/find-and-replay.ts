import { and, eq, exists, isNotNull, isNull, not, notExists, type SQL, sql } from 'drizzle-orm'
import { deadLetterTable, jobTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, isArgumentGiven, pick, refuseWhen } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { enqueueJob } from '#query/outbox'
import { deadLetterSelection } from './selection.ts'

const params = {
  ...pick(deadLetterTable, 'tenant', 'id'),
  now: sqlType.moment,
  /** The tenant that the job is for: another one for a letter of the operator. */
  to: sqlType.text,
  /** The order that the present code reads in the message, in place of the stored one. */
  order: sqlType.orNull(sqlType.jsonb<Record<string, unknown>>()),
  /** The job's id, if the letter is not named by it. */
  job: sqlType.orNull(sqlType.text),
}

const isLetter = (p: ValuesOf<typeof params>) =>
  and(eq(deadLetterTable.tenant, p.tenant), eq(deadLetterTable.id, p.id))

const job = (p: ValuesOf<typeof params>) =>
  db
    .select(pick(jobTable, 'id'))
    .from(jobTable)
    .where(
      and(
        eq(jobTable.tenant, p.to),
        sql`${jobTable.id} = coalesce(${p.job}, ${deadLetterTable.subject})`,
      ),
    )

/** Whether this transaction has written the letter. */
const isWritten = sqlType.flag(sql`(${deadLetterTable}.xmin = pg_current_xact_id()::xid)`)

/**
 * Restores the job of a dead letter. A letter without a job gets none, for its message has all the data. Answers with the letter, whether
 * its message is to be sent, and whether there is a job. Refuses `dead_letter_not_found`, `dead_letter_unreadable`.
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
      dead_letter_unreadable: and(
        not(isArgumentGiven(p.order)),
        exists(letter(eq(deadLetterTable.kind, 'unreadable'))),
      ),
    }),
    db
      .update(deadLetterTable)
      .set({
        replayedAt: p.now,
        kind: sql`case when ${isArgumentGiven(p.order)} then 'order' else ${deadLetterTable.kind} end`,
        payload: sql`coalesce(${p.order}, ${deadLetterTable.payload})`,
      })
      .where(and(isLetter(p), isNull(deadLetterTable.replayedAt))),
    enqueueJob(
      { tenant: p.to, now: p.now },
      {
        id: deadLetterTable.subject,
        kind: deadLetterTable.kind,
        payload: deadLetterTable.payload,
        from: sql`from ${deadLetterTable} where ${and(isLetter(p), isWritten, isNotNull(deadLetterTable.payload))}`,
      },
    ).onConflictDoNothing(),
    db
      .select({
        ...pick(deadLetterTable, 'subject'),
        isDue: isWritten,
        hasJob: sqlType.flag(exists(job(p))),
        letter: deadLetterSelection(deadLetterTable),
      })
      .from(deadLetterTable)
      .where(isLetter(p)),
  ]
})

/** One dead letter, for a replay that reads its message anew. */
export const findDeadLetter = useCase(
  'find_dead_letter',
  pick(deadLetterTable, 'tenant', 'id'),
  (p) => [
    db
      .select({ letter: deadLetterSelection(deadLetterTable) })
      .from(deadLetterTable)
      .where(and(eq(deadLetterTable.tenant, p.tenant), eq(deadLetterTable.id, p.id))),
  ],
)
