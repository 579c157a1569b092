import { and, eq, sql } from 'drizzle-orm'
import { listAsTable } from '#db/list-as-table'
import { deadLetterTable, jobTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, pick } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'

const letter = {
  ...pick(deadLetterTable, 'id', 'kind', 'subject', 'attempts'),
  /** JSON as text, for jsonb cannot store U+0000, which a queue can carry. */
  body: sqlType.text,
  payload: sqlType.orNull(sqlType.text),
  isJob: sqlType.flag,
}

/**
 * Stores messages that the queue gave up on in place of their jobs. A job is stored only if its row still exists. A letter is stored
 * once. Answers with the new letters.
 */
export const storeDeadLetters = useCase(
  'store_dead_letters',
  {
    ...pick(deadLetterTable, 'tenant', 'queue'),
    letters: sqlType.json<readonly ValuesOf<typeof letter>[]>(),
    now: deadLetterTable.createdAt,
  },
  (p) => {
    const { from, columns } = listAsTable('letter', p.letters, letter)
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
          payload: sqlType.jsonb<Record<string, unknown>>()(
            sql`coalesce(${dropped.payload}, ${columns.payload}::jsonb)`,
          ),
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
