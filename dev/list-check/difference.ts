/** What was read of a list, beside what the list is to have. Customers are numbers. */
type Reading = {
  /** All who are to be in the list, in its order. */
  readonly expected: Uint32Array
  /** The place in it at which the reading began. */
  readonly start: number
  /** Those who were read; -1 for somebody who is no customer. */
  readonly got: readonly number[]
  /** Whether the list has ended. */
  readonly isEnd: boolean
}

type Difference = {
  readonly what: 'missing' | 'twice' | 'out of order' | 'extra'
  /** The place among those who were read. */
  readonly at: number
  readonly row: number
}

/** The first difference between a list and what it is to be; null: there is none. */
export function firstDifference({ expected, start, got, isEnd }: Reading): Difference | null {
  const isRight = (row: number, i: number) => row === expected[start + i]
  const at = got.findIndex((row, i) => !isRight(row, i))
  if (at === -1) {
    const next = isEnd ? expected[start + got.length] : undefined
    return next === undefined ? null : { what: 'missing', at: got.length, row: next }
  }
  const row = got[at] ?? -1
  const place = expected.indexOf(row)
  if (place === -1) return { what: 'extra', at, row }
  if (place >= start && place < start + at) return { what: 'twice', at, row }
  // All before have come as they are to: either the one who is next comes later, or not at all.
  const next = expected[start + at]
  const isLater = next === undefined || place < start || got.indexOf(next, at) !== -1
  return isLater || next === undefined
    ? { what: 'out of order', at, row }
    : { what: 'missing', at, row: next }
}
