import { type Fragment, joinFragments, sqlFragment } from '#db/fragment'
import {
  allowedEffortOf,
  type ListQuery,
  mayGuessMisspeltWords,
  sortOrderOfList,
} from './list-query.ts'
import { literalNumber, rowCountOfTable } from './sql.ts'

/** What a step of the search for a page answers: rows of (part, key, id), at most one more than the page has, in `page`. */
type Answer = {
  readonly tables: readonly Fragment[]
  /** The position of the next page where `page` is not full, as branches of a `case`. */
  readonly otherwise?: Fragment
  /** Whether the page is found; else the next step is tried. */
  readonly when?: Fragment
}

/** A step: a statement that answers the ids of the page and the position of the next one (null: the end), or no row. */
export function stepStatement(query: ListQuery, { tables, otherwise, when }: Answer): Fragment {
  const { limit, sort } = query
  const effort = literalNumber(Math.min(allowedEffortOf(query), 1))
  return sqlFragment`with ${joinFragments(tables, ', ')}
    select array(select id from page order by ${sortOrderOfList(sort)} limit ${literalNumber(limit)}) as ids,
      case when ${rowCountOfTable('page')} > ${literalNumber(limit)} then (select json_build_array(key, id, ${effort})
          from page order by ${sortOrderOfList(sort)} offset ${literalNumber(limit - 1)} limit 1)
        ${otherwise ?? sqlFragment``} end as position
    where ${when ?? sqlFragment`true`}`
}

/** The position (key, id) where a scan was cut. An empty page is worth more work the next time. */
export function cutPosition(query: ListQuery, from: Fragment): Fragment {
  const more = literalNumber(allowedEffortOf(query) < 2 ? 2 : 3)
  const none = mayGuessMisspeltWords(query) ? sqlFragment`${more}, 0` : more
  return sqlFragment`case when exists (select from page) then (select json_build_array(key, id, 1) ${from})
    else (select json_build_array(key, id, ${none}) ${from}) end`
}
