import type { Snapshot } from './snapshot.ts'

/** An order's state as a shop told it, and whether it was taken. */
export type Told = {
  readonly id: string
  readonly customerId: string
  readonly version: number
  /** What it said besides, as the ledger shows it. */
  readonly content: Readonly<Record<string, string | number>>
  /** `maybe`: the answer was lost for good; `sent`: as a message that may still be on its way. */
  readonly known: boolean | 'maybe' | 'sent'
}

/** One step of a story as it was seen: what there was before, what was said, what there is after. */
export type Seen = {
  readonly before: Snapshot
  readonly after: Snapshot
  readonly told: readonly Told[]
  /** The only thing that happened: what it must have done can be said exactly. */
  readonly alone: boolean
  /** Accounts for whom both proofs may have been given by now. */
  readonly proven: ReadonlySet<string>
  /** Accounts that may not log in, before, during and after. */
  readonly disabled: ReadonlySet<string>
}
