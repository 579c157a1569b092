/** A set of distinct texts with a maximum size. It counts up to that size and uses bounded memory. */
export type BoundedDistinctCounter = {
  /** @param mark null: it is not known, and is not counted. */
  readonly add: (mark: string | null) => void
  readonly count: () => number
  /** Whether there may have been more. */
  readonly isFull: () => boolean
}

/** Beyond this number the exact count does not matter. */
export const MAX_DISTINCT_VALUES = 200

export function makeBoundedDistinctCounter(): BoundedDistinctCounter {
  const marks = new Set<string>()
  return {
    add(mark) {
      if (mark !== null && marks.size < MAX_DISTINCT_VALUES) marks.add(mark)
    },
    count: () => marks.size,
    isFull: () => marks.size === MAX_DISTINCT_VALUES,
  }
}
