import { type AddressProblem, addressProblems } from './address-problems.ts'
import { countryCodes } from './country.ts'
import type { UpdateAddress } from './input.ts'

/** A problem that applies if the address is in one of the countries. With `missing`, it applies only if that column is empty. */
export type PossibleProblem = {
  readonly problem: AddressProblem
  readonly countries: readonly string[]
  readonly missing?: 'city'
}

/**
 * The possible problems of a change, by country. Only the row knows the country, so the rules of all countries are applied.
 * The fields that a change leaves alone were checked when they were written.
 */
export function problemsOfChange(change: UpdateAddress): PossibleProblem[] {
  return change.country === undefined
    ? problemsInPlace(change)
    : problemsOfMove(change, { ...change, country: change.country })
}

function problemsInPlace(change: UpdateAddress): PossibleProblem[] {
  const { line1, city, state, postalCode } = change
  if (city === undefined && state === undefined && postalCode === undefined) return []
  const found = countryCodes.flatMap((country) =>
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

/** A move to another country clears the state and the postal code, so they are missing unless they are sent. */
function problemsOfMove(
  change: UpdateAddress,
  moved: UpdateAddress & { country: string },
): PossibleProblem[] {
  const others = countryCodes.filter((country) => country !== moved.country)
  return problemsOf(moved).map((problem) => {
    if (change[problem.path] !== undefined) return { problem, countries: countryCodes }
    if (problem.path === 'city') return { problem, countries: others, missing: 'city' }
    return { problem, countries: others }
  })
}

const problemsOf = (address: UpdateAddress & { country: string }): AddressProblem[] =>
  addressProblems({ ...address, line1: address.line1 ?? 'as it was' })
