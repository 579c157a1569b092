import { type Fragment, toTemplate, toText } from '#db/fragment'
import { listFound } from '../generated/query.ts'
import { guessStep, isGuessing, mayGuess } from './guess.ts'
import { type ListQuery, otherConditions } from './query.ts'
import { farStep, nearStep, plainStep, walkStep } from './scan.ts'
import { setStep, setsOf, sureStep } from './set.ts'

/**
 * A page in one statement with a bounded amount of work for any filter. Its steps are tried in turn, see `find_page`: (1) Scan a few rows of
 * an index that has the order of the list. (2) If they do not fill the page, take the first condition that few customers meet, test
 * all of those, and sort them. (3) If there is none, scan on, up to a cost; the next page begins after the last row that was read. An
 * empty page is worth more work: (4) take a larger set, or (5) scan further. If the list ends and nobody has matched its search, list
 * those whom the search may mean.
 */
export function listStatement(query: ListQuery) {
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
  const sets = setsOf(query)
  const cost = bounds.scan + (sets.length === 0 ? bounds.sets : 0)
  return [
    nearStep(query),
    ...(sets.length === 0 ? [] : [setStep(query, sets, bounds.sets)]),
    walkStep(query, cost, false),
    ...(sets.length === 0 ? [] : [setStep(query, sets, bounds.wide)]),
    farStep(query),
  ]
}
