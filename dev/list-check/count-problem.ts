import type { Count } from '../../src/core/customer/list/count.ts'

/** Readers do not need a larger number. */
const HITS = 10_000

type Judged = {
  /** How many there are. */
  readonly truth: number
  /** Whether the count reads all that it needs: it is exact up to 10,000. */
  readonly isComplete: boolean
  /** Whether it then knows larger numbers, too: the members of one group. */
  readonly isWhole: boolean
}

/** What is wrong with a count; null: nothing is. */
export function countProblem(count: Count, { truth, isComplete, isWhole }: Judged): string | null {
  const { total, totalIsExact } = count
  const says = `${totalIsExact ? '' : 'at least '}${total} of ${truth}`
  if (total > truth || (totalIsExact && total !== truth)) return says
  if (!isComplete || totalIsExact) return null
  return isWhole || truth <= HITS || total < HITS ? `${says}, and should know more` : null
}
