import { type Fragment, GIVEN, raw, sql } from '#db/fragment'
import type { Part } from '../sort.ts'
import { allHold, firstIn } from './condition.ts'
import { readsOnlyEntries } from './cost.ts'
import { waysOf } from './leg.ts'
import { inPart, partsOfList } from './part.ts'
import { idTests, type ListQuery, otherConditions, ownTests } from './query.ts'
import { carried, column, columns, countOf, every, table, unionOf, whole } from './sql.ts'
import { cutAt, stepOf } from './step.ts'

/**
 * The last step of a search that has found nobody: a scan goes on from where it was cut, through as many entries as a person may wait for.
 * Only entries are read, so there is none where a test needs look-ups.
 */
export function farStep(query: ListQuery): Fragment[] {
  if (!readsOnlyEntries(query) || waysOf(query).length > 0) return []
  const parts = partsOfList(query.sort, query.conditions.scope)
  const { far } = query.bounds
  const tables = parts.flatMap((part, i) => {
    const rows = rowsFrom(query, { part, i, parts })
    const before = parts.slice(0, i).map((_, k) => sql`not exists (table last${whole(k)})`)
    const gate = every(before)
    const fits = allHold(otherConditions(query))
    return [
      table(
        `hit${i}`,
        sql`select ${whole(i)} as part, key, id from (${rows}) c where ${gate} and ${fits} limit ${whole(query.limit + 1)}`,
      ),
      table(
        `last${i}`,
        sql`select key, id from (${rows}) c where ${gate} and ${countOf(`hit${i}`)} <= ${whole(query.limit)} offset ${whole(far - 1)} limit 1`,
      ),
    ]
  })
  const hits = unionOf(parts.map((_, i) => sql`select * from hit${whole(i)}`))
  const cuts = parts.map(
    (_, i) =>
      sql`when exists (table last${whole(i)}) then ${cutAt(query, sql`from last${whole(i)}`)}`,
  )
  return [
    stepOf(query, {
      tables: [...tables, table('page', hits)],
      otherwise: sql`${cuts[0] ?? sql``} ${cuts[1] ?? sql``}`,
    }),
  ]
}

type Place = { readonly part: Part; readonly i: number; readonly parts: readonly Part[] }

const given = sql`${GIVEN}::json`

/** The rows of a part after the given position, or all if the position is in a part before. */
function rowsFrom(query: ListQuery, { part, i, parts }: Place): Fragment {
  const { sort, conditions, bounds } = query
  const way = raw(sort.direction)
  const beyond = raw(sort.direction === 'asc' ? '>' : '<')
  const here = hereOf(parts)
  const id = sql`(${given} ->> 1)`
  const isAfter =
    part === 'none' || sort.column === 'id'
      ? sql`${column('id')} ${beyond} ${id}`
      : sql`(${column(sort.column)}, ${column('id')}) ${beyond} ((${given} ->> 0)::${raw(sort.type)}, ${id})`
  const tests = i === 0 ? [isAfter] : [sql`(${here} < ${whole(i)} or ${isAfter})`]
  return firstIn(conditions.scope, {
    from: 'list_entry',
    select: sql`${columns(carried)}, ${part === 'none' ? raw(`null::${sort.type}`) : column(sort.column)} as key`,
    where: every([
      ...inPart(part),
      sql`${here} <= ${whole(i)}`,
      ...ownTests(query, part, true),
      ...idTests(query, part),
      ...tests,
    ]),
    order: part === 'none' ? sql`id ${way}` : sql`key ${way}, id ${way}`,
    most: whole(bounds.far),
  })
}

/** The number of the part of the given position. Only who never ordered has no key. */
function hereOf(parts: readonly Part[]): Fragment {
  if (parts.length === 1) return raw('0')
  return sql`(case when ${given} ->> 0 is null then ${whole(parts.indexOf('none'))} else ${whole(parts.indexOf('some'))} end)`
}
