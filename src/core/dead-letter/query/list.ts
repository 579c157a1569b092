import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { kind } from '#db/kind'
import { deadLetterTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { countUpTo, keyset } from '#query/page'
import { deadLetterSelection } from './selection.ts'

/** The bytes of messages after which a page ends: the database's interface sends at most ten million. */
const BYTES = 2 ** 21

/** The dead letters of a tenant, newest first, and how many there were within the limit: large ones end the page before it. */
export const listDeadLetters = useCase(
  'list_dead_letters',
  { tenant: deadLetterTable.tenant, ...keyset },
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
        .select({ item: deadLetterSelection(letter), found: kind.int(sql`${letter.found}::int`) })
        .from(letter)
        .where(sql`coalesce(${letter.before}, 0) < ${sql.raw(String(BYTES))}`)
        .orderBy(desc(letter.id)),
    ]
  },
)

export const countDeadLetters = useCase(
  'count_dead_letters',
  { tenant: deadLetterTable.tenant, most: kind.int },
  (p) => [countUpTo(p.most, deadLetterTable, eq(deadLetterTable.tenant, p.tenant))],
)
