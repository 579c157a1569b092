import { type Fragment, toFormatTemplate, valueToUnquotedSqlText } from '#db/fragment'
import { listFoundCustomers } from '../generated/query.ts'
import { type SortKey, toSortKey } from '../sort.ts'
import { guessStep } from './guess-step-and-count.ts'
import { joinedScanSteps, joinedSetsStep } from './joined-set-steps.ts'
import {
  allowedEffortOf,
  conditionsBesideSortColumn,
  isGuessing,
  type ListQuery,
  mayGuessMisspeltWords,
} from './list-query.ts'
import { firstRowsStep, scanStep, unfilteredStep } from './scan.ts'
import { knownIdsStep, smallSetSourcesOf, smallSetStep } from './set-steps.ts'

/**
 * A page in one statement with a bounded amount of work for any filter. Its steps are tried in turn, see `find_page`: (1) Scan a few rows of
 * an index that has the order of the list. (2) If they do not fill the page, take the first condition that few customers meet, test
 * all of those, and sort them. (3) If there is none, scan on, up to a cost; the next page begins after the last row that was read. The
 * page after an empty one is worth more: (4) join larger sets by their ids, or (5) scan further. If the list ends and nobody has
 * matched its search, list those whom the search may mean.
 */
export function listStatement(asked: ListQuery) {
  const query = { ...asked, sort: readSort(asked) }
  const { kept, steps, otherwise } = stepsOf(query)
  const values: unknown[] = []
  const first = kept === null ? [] : [toFormatTemplate(kept, values)]
  const valuesOfFirst = values.length
  const texts = [...first, ...steps.map((step) => toFormatTemplate(step, values))]
  const last = otherwise === null ? null : toFormatTemplate(otherwise, values)
  return listFoundCustomers({
    tenant: query.conditions.scope.tenant,
    currency: query.currency,
    steps: texts,
    otherwise: last,
    values: values.map(valueToUnquotedSqlText),
    kept: kept === null ? null : valuesOfFirst,
  })
}

/** Customers without an order have the same number of orders, have spent the same, and have no last order: they stand in the order of their ids. */
function readSort({ sort, conditions }: ListQuery): SortKey {
  const isSame = sort.apart || sort.column === 'orderCount'
  const isNone = conditions.scope.orders.every((orders) => orders === 'none')
  return isSame && isNone ? toSortKey(`createdAt:${sort.direction}`) : sort
}

type Search = {
  /** The first step, if it finds most pages: PostgreSQL keeps its plan. It may not depend on the planner's knowledge of the values. */
  readonly kept: Fragment | null
  readonly steps: readonly Fragment[]
  readonly otherwise: Fragment | null
}

function stepsOf(query: ListQuery): Search {
  const { sure } = query.conditions
  if (isGuessing(query)) return { kept: null, steps: [guessStep(query)], otherwise: null }
  const otherwise = mayGuessMisspeltWords(query) ? guessStep(query) : null
  if (sure !== null) return { kept: null, steps: [knownIdsStep(query, sure)], otherwise }
  if (conditionsBesideSortColumn(query).length === 0)
    return { kept: unfilteredStep(query), steps: [], otherwise }
  return { ...searchSteps(query), otherwise }
}

function searchSteps(query: ListQuery): Omit<Search, 'otherwise'> {
  const { bounds } = query
  const effort = allowedEffortOf(query)
  if (effort === 3)
    return { kept: null, steps: [...joinedScanSteps(query), scanStep(query, bounds.last)] }
  if (effort === 2)
    return { kept: null, steps: [...joinedSetsStep(query), scanStep(query, bounds.far)] }
  const kept = firstRowsStep(query)
  const sets = effort === 1 ? [] : smallSetSourcesOf(query)
  if (sets.length === 0) return { kept, steps: [scanStep(query, bounds.scan + bounds.sets)] }
  return {
    kept,
    steps: [smallSetStep(query, sets, bounds.sets), scanStep(query, bounds.scan)],
  }
}
