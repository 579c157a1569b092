import { and, eq, sql } from 'drizzle-orm'
import { db, insertFrom, pick } from '#db/builder'
import { kind } from '#db/kind'
import { recordsOf } from '#db/record'
import { deadLetterTable, jobTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'

const letter = {
  ...pick(deadLetterTable, 'id', 'kind', 'subject', 'attempts'),
  /** JSON as text, for jsonb takes less than a queue does (U+0000). */
  body: kind.text,
  payload: kind.orNull(kind.text),
  isJob: kind.flag,
}

/**
 * Keeps what the queue gave up on in place of its jobs. Of a kind whose work is in the job's row, only what still has its row; the
 * same letter is kept once. It answers with the letters that are new.
 */
export const buryLetters = useCase(
  'bury_letters',
  {
    ...pick(deadLetterTable, 'tenant', 'queue'),
    letters: kind.json<readonly ValuesOf<typeof letter>[]>(),
    now: deadLetterTable.createdAt,
  },
  (p) => {
    const { from, columns } = recordsOf('letter', p.letters, letter)
    const dropped = db.$with('dropped').as(
      db
        .delete(jobTable)
        .where(
          and(
            eq(jobTable.tenant, p.tenant),
            sql`(${jobTable.id}, ${jobTable.kind}) in (select ${columns.subject}, ${columns.kind} from ${from})`,
          ),
        )
        .returning(pick(jobTable, 'id', 'kind', 'payload')),
    )
    return [
      insertFrom(
        deadLetterTable,
        {
          tenant: p.tenant,
          id: columns.id,
          queue: p.queue,
          kind: columns.kind,
          subject: columns.subject,
          body: sql`${columns.body}::json`,
          payload: sql<
            Record<string, unknown>
          >`coalesce(${dropped.payload}, ${columns.payload}::jsonb)`,
          attempts: columns.attempts,
          createdAt: p.now,
        },
        sql`from ${from}
          left join ${dropped} on ${dropped.id} = ${columns.subject} and ${dropped.kind} = ${columns.kind}
          where ${dropped.id} is not null or not ${columns.isJob}`,
        [dropped],
      ).onConflictDoNothing(),
      db
        .select(pick(deadLetterTable, 'id'))
        .from(deadLetterTable)
        .where(
          and(
            eq(deadLetterTable.tenant, p.tenant),
            sql`${deadLetterTable.id} in (select ${columns.id} from ${from})`,
          ),
        ),
    ]
  },
)
