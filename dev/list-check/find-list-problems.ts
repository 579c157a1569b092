import type { Customers } from '../expected-list/customers.ts'
import { filterPredicates } from '../expected-list/filter.ts'
import type { Test } from '../expected-list/row-test.ts'
import { firstDifference } from './difference.ts'
import type { Asked, Drained } from './read-list.ts'

/** What a list is to be: the rows of those who match, in its order. */
export type List = {
  readonly customers: Customers
  readonly tests: ReadonlyMap<string, Test>
  readonly expected: Uint32Array
}

/** The first difference between a list that was read from a place on and the reference, in words. */
export function exactListProblems(
  { customers, expected, tests }: List,
  { ids, pages, isEnd }: Drained,
  start: number,
): string[] {
  const got = ids.map((id) => customers.rowOf(id) ?? -1)
  const found = firstDifference({ expected, start, got, isEnd })
  if (found === null) return []
  const { what, at, row } = found
  const number = pages.findLastIndex(({ from }) => from <= at)
  const { limit, after } = pages[number] ?? {}
  const id = row === -1 ? ids[at] : customers.idAt(row)
  const failed = [...tests].flatMap(([field, test]) => (test(row) ? [] : [field]))
  const why = what === 'extra' ? `, who does not match ${failed.join(', ')}` : ''
  const page = `page ${number + 1} (limit ${limit}, after ${JSON.stringify(after)})`
  return [`${what}: ${id}${why}; place ${start + at} of ${expected.length}, ${page}`]
}

/** Whom a misspelt search may mean is not compared. They meet the other filters, and each is there once. */
export function guessedListProblems(
  customers: Customers,
  ids: readonly string[],
  { filter: { q, ...others }, now }: Asked,
): string[] {
  const tests = [...filterPredicates(customers, others, now).values()]
  const fits = (id: string) => {
    const row = customers.rowOf(id)
    return row !== undefined && tests.every((test) => test(row))
  }
  const twice = ids.filter((id, i) => ids.indexOf(id) < i)
  const extra = ids.filter((id) => !fits(id))
  return [
    ...twice.slice(0, 1).map((id) => `twice: ${id}, who is guessed`),
    ...extra.slice(0, 1).map((id) => `extra: ${id}, who is guessed`),
  ]
}
