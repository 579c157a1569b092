import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { deadLetterTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { countUpTo, keysetParams } from '#query/page'
import { deadLetterSelection } from './selection.ts'

/** The bytes of messages after which a page ends: the database's interface sends at most ten million. */
const BYTES = 2 ** 21

/** The dead letters of a tenant, newest first, and their number within the limit. Large letters end the page earlier. */
export const listDeadLetters = useCase(
  'list_dead_letters',
  { tenant: deadLetterTable.tenant, ...keysetParams },
  (p) => {
    const page = db
      .select()
      .from(deadLetterTable)
      .where(and(eq(deadLetterTable.tenant, p.tenant), lt(deadLetterTable.id, p.after)))
      .orderBy(desc(deadLetterTable.id))
      .limit(p.limit)
      .as('page')
    const { body, id } = page
    const rowsBefore = sql`order by ${id} desc rows between unbounded preceding and 1 preceding`
    const letter = db
      .select({
        ...pick(page, 'id', 'queue', 'kind', 'body', 'attempts', 'createdAt', 'replayedAt'),
        found: sql`count(*) over ()`.as('found'),
        before: sql`sum(octet_length(${body}::text)) over (${rowsBefore})`.as('before'),
      })
      .from(page)
      .as('letter')
    return [
      db
        .select({
          item: deadLetterSelection(letter),
          found: sqlType.int(sql`${letter.found}::int`),
        })
        .from(letter)
        .where(sql`coalesce(${letter.before}, 0) < ${sql.raw(String(BYTES))}`)
        .orderBy(desc(letter.id)),
    ]
  },
)

export const countDeadLetters = useCase(
  'count_dead_letters',
  { tenant: deadLetterTable.tenant, most: sqlType.int },
  (p) => [countUpTo(p.most, deadLetterTable, eq(deadLetterTable.tenant, p.tenant))],
)
