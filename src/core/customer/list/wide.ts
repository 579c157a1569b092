import type { Fragment } from '#db/fragment'
import { sql } from '#db/fragment'
import { mostDrawn } from './cost.ts'
import { type ListQuery, withCarried } from './query.ts'
import { firstOf, fitting } from './set.ts'
import { countOf, table, unionOf, whole } from './sql.ts'
import { stepOf } from './step.ts'

const MOST_SETS = 4

/**
 * The step of a search that has found nobody so far: it joins the sets of all conditions that are not too large, by their ids alone, tests
 * those who are in all of them, and sorts them. `set0`…: the ids of one condition. `all`: those of the sets that were read whole.
 */
export function wideStep(query: ListQuery): Fragment[] {
  const { conditions, bounds, sort } = query
  const sources = conditions.all.flatMap(({ source }) => source ?? []).slice(0, MOST_SETS)
  if (sources.length === 0) return []
  const most = bounds.joined
  const request = { direction: sort.direction, within: () => sql`true`, most: most + 1 }
  const sets = sources.map(({ rows, narrowed = rows }, i) =>
    table(`set${i}`, sql`select distinct id from (${narrowed(request)}) x`),
  )
  const wholeSets = sources.map(
    (_, i) =>
      sql`(select ${whole(i)} as place, id from set${whole(i)} where ${countOf(`set${i}`)} <= ${whole(most)})`,
  )
  const count = sources.map((_, i) => sql`(${countOf(`set${i}`)} <= ${whole(most)})::int`)
  const drawn = mostDrawn(query, { carries: false }, bounds.wide)
  const isIn = sql`select id from (${unionOf(wholeSets)}) u group by id having count(*) = (${sum(count)}) limit ${whole(drawn + 1)}`
  const rows = withCarried(query, sql`table joined`)
  return [
    stepOf(query, {
      tables: [...sets, table('joined', isIn), table('page', firstOf(query, fitting(query, rows)))],
      when: sql`${sum(count)} > 0 and ${countOf('joined')} <= ${whole(drawn)}`,
    }),
  ]
}

const sum = (terms: readonly Fragment[]): Fragment =>
  terms.reduce((all, term) => sql`${all} + ${term}`)
