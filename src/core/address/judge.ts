import { countries } from './country.ts'
import type { UpdateAddress } from './input.ts'
import { type AddressProblem, addressProblems } from './rules.ts'

/** What would be wrong with a change, if the address is in one of the countries, and has nothing in a column. */
export type Judgement = {
  readonly problem: AddressProblem
  readonly countries: readonly string[]
  readonly missing?: 'city'
}

/**
 * Judges what a change says by the rules of every country the address may be in: the row alone knows which.
 * What a change does not touch was judged when it was written.
 */
export function judgeChange(change: UpdateAddress): Judgement[] {
  return change.country === undefined
    ? judgeInPlace(change)
    : judgeMove(change, { ...change, country: change.country })
}

function judgeInPlace(change: UpdateAddress): Judgement[] {
  const { line1, city, state, postalCode } = change
  if (city === undefined && state === undefined && postalCode === undefined) return []
  const found = countries.flatMap((country) =>
    problemsOf({ line1, city, state, postalCode, country })
      .filter(({ path }) => change[path] !== undefined)
      .map((problem) => ({ country, problem })),
  )
  const groups = Map.groupBy(found, ({ problem: { path, code } }) => `${path} ${code}`)
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : {
          problem: first.problem,
          countries: [first, ...others].map(({ country }) => country),
        },
  )
}

/** State and postal code of another country are not taken along, so that what is not sent is missing. */
function judgeMove(change: UpdateAddress, moved: UpdateAddress & { country: string }): Judgement[] {
  const others = countries.filter((country) => country !== moved.country)
  return problemsOf(moved).map((problem) => {
    if (change[problem.path] !== undefined) return { problem, countries }
    if (problem.path === 'city') return { problem, countries: others, missing: 'city' }
    return { problem, countries: others }
  })
}

const problemsOf = (address: UpdateAddress & { country: string }): AddressProblem[] =>
  addressProblems({ ...address, line1: address.line1 ?? 'as it was' })
