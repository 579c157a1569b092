import { type Fragment, toTemplate, toText } from '#db/fragment'
import { listFound } from '../generated/query.ts'
import { type SortKey, sortKey } from '../sort.ts'
import { guessStep } from './guess.ts'
import { effortOf, isGuessing, type ListQuery, mayGuess, otherConditions } from './query.ts'
import { nearStep, plainStep, walkStep } from './scan.ts'
import { setStep, setsOf, sureStep } from './set.ts'
import { joinedWalkSteps, wideStep } from './wide.ts'

/**
 * A page in one statement with a bounded amount of work for any filter. Its steps are tried in turn, see `find_page`: (1) Scan a few rows of
 * an index that has the order of the list. (2) If they do not fill the page, take the first condition that few customers meet, test
 * all of those, and sort them. (3) If there is none, scan on, up to a cost; the next page begins after the last row that was read. The
 * page after an empty one is worth more: (4) join larger sets by their ids, or (5) scan further. If the list ends and nobody has
 * matched its search, list those whom the search may mean.
 */
export function listStatement(asked: ListQuery) {
  const query = { ...asked, sort: readSort(asked) }
  const { steps, otherwise } = stepsOf(query)
  const values: unknown[] = []
  const texts = steps.map((step) => toTemplate(step, values))
  const last = otherwise === null ? null : toTemplate(otherwise, values)
  return listFound({
    tenant: query.conditions.scope.tenant,
    currency: query.currency,
    steps: texts,
    otherwise: last,
    values: values.map(toText),
  })
}

/** Customers without an order have the same number of orders, have spent the same, and have no last order: they stand in the order of their ids. */
function readSort({ sort, conditions }: ListQuery): SortKey {
  const isSame = sort.apart || sort.column === 'orderCount'
  const isNone = conditions.scope.orders.every((orders) => orders === 'none')
  return isSame && isNone ? sortKey(`createdAt:${sort.direction}`) : sort
}

type Search = { readonly steps: readonly Fragment[]; readonly otherwise: Fragment | null }

function stepsOf(query: ListQuery): Search {
  const { sure } = query.conditions
  if (isGuessing(query)) return { steps: [guessStep(query)], otherwise: null }
  const otherwise = mayGuess(query) ? guessStep(query) : null
  if (sure !== null) return { steps: [sureStep(query, sure)], otherwise }
  if (otherConditions(query).length === 0) return { steps: [plainStep(query)], otherwise }
  return { steps: searchSteps(query), otherwise }
}

function searchSteps(query: ListQuery): Fragment[] {
  const { bounds } = query
  const effort = effortOf(query)
  if (effort === 3) return [...joinedWalkSteps(query), walkStep(query, bounds.last)]
  if (effort === 2) return [...wideStep(query), walkStep(query, bounds.far)]
  const sets = effort === 1 ? [] : setsOf(query)
  if (sets.length === 0) return [nearStep(query), walkStep(query, bounds.scan + bounds.sets)]
  return [nearStep(query), setStep(query, sets, bounds.sets), walkStep(query, bounds.scan)]
}
