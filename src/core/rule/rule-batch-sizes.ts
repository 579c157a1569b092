/** The numbers of rows that one step takes. Steps are short, so that nobody waits long for one. */
export type RuleBatchSizes = {
  /** Customers that one batch of a task examines. */
  readonly batch: number
  /** Customers that one batch of an addition examines: all of them may be locked at once. */
  readonly added: number
  /** Batches of one job; then another job goes on. */
  readonly batches: number
  /** Moments of a rule that was taken away, deleted by one commit. */
  readonly moments: number
  /** Customers whose changes one commit locks. */
  readonly locked: number
  /** The most verdicts of one commit. All verdicts about one customer are in the same commit. */
  readonly written: number
  /** Customers whose moment has come, judged by one step. */
  readonly due: number
}

export const RULE_BATCH_SIZES: RuleBatchSizes = {
  batch: 1000,
  added: 125,
  batches: 20,
  moments: 2000,
  locked: 50,
  written: 500,
  due: 500,
}
