import { type Fragment, join, raw, sql } from '#db/fragment'
import { mayGuess } from './guess.ts'
import { inOrder, type ListQuery } from './query.ts'
import { countOf, whole } from './sql.ts'

/** What a step of the search for a page answers: rows of (part, key, id), at most one more than the page has, in `page`. */
type Answer = {
  readonly tables: readonly Fragment[]
  /** The position of the next page where `page` is not full, as branches of a `case`. */
  readonly otherwise?: Fragment
  /** Whether the page is found; else the steps after this one go on. */
  readonly isFound?: Fragment
  /** Whether it answers at all. */
  readonly when?: Fragment
}

/** A step: a statement that answers the ids of the page, the position of the next page (null: the end), and whether that is it. */
export function stepOf(query: ListQuery, { tables, ...answer }: Answer): Fragment {
  const { limit, after, sort } = query
  const { otherwise = sql``, isFound = sql`true`, when = sql`true` } = answer
  const noSets = raw(String(after?.[2] ?? false))
  return sql`with ${join(tables, ', ')}
    select array(select id from page order by ${inOrder(sort)} limit ${whole(limit)}) as ids,
      case when ${countOf('page')} > ${whole(limit)} then (select json_build_array(key, id, ${noSets})
          from page order by ${inOrder(sort)} offset ${whole(limit - 1)} limit 1)
        ${otherwise} end as position,
      ${isFound} as is_found where ${when}`
}

/** The position (key, id) where a scan was cut, with what later pages have to know: sets were too large, and nobody has been found. */
export function cutAt(query: ListQuery, from: Fragment): Fragment {
  const position = sql`(select json_build_array(key, id, true) ${from})`
  if (!mayGuess(query)) return position
  return sql`case when exists (select from page) then ${position} else (select json_build_array(key, id, true, 0) ${from}) end`
}
