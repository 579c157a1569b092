/** The different texts that were added, up to a number: it tells one from many, and takes bounded room. */
export type Marks = {
  /** @param mark null: it is not known, and is not counted. */
  readonly add: (mark: string | null) => void
  readonly count: () => number
  /** Whether there may have been more. */
  readonly isFull: () => boolean
}

/** More are many. */
export const MOST_MARKS = 200

export function makeMarks(): Marks {
  const marks = new Set<string>()
  return {
    add(mark) {
      if (mark !== null && marks.size < MOST_MARKS) marks.add(mark)
    },
    count: () => marks.size,
    isFull: () => marks.size === MOST_MARKS,
  }
}
