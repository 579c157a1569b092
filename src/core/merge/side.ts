import type { fieldsFilledByMerge, Status } from '#field/customer'

/** A field of a profile that a merge may fill. */
export type ProfileField = (typeof fieldsFilledByMerge)[number]

/** One of the two customers of a merge, as far as the planner reads it. */
export type MergeSide = {
  readonly id: string
  readonly status: Status | 'deleted'
  readonly version: number
  /** The version in which each field last changed. */
  readonly changedAt: Readonly<Record<string, number>>
  readonly mergedInto: string | null
  /** Whether its names were written by a person without proof. */
  readonly unproven: boolean
  readonly createdAt: string
  readonly claimedAt: string | null
  readonly profile: Readonly<Record<ProfileField, string | null>>
  readonly metadata: Readonly<Record<string, string>>
  readonly orderCount: number
  readonly spent: readonly { currency: string; amount: number; orders: number }[]
  /** The defaults first, then the one most recently added or changed. */
  readonly addresses: readonly { id: string; sameness: string; unproven: boolean }[]
  readonly groups: readonly { key: string; source: string; expiresAt: string | null }[]
}

/** The customer that survives, and the customer that is merged into it. */
export type MergePair = { readonly survivor: MergeSide; readonly merged: MergeSide }

/** The pair of a merge that is due. */
export type DueMergePair = MergePair & { readonly merge: string }

/** The two sides of a merge, and the id of the merge if it is done already. */
export type FoundMergeSides = {
  readonly survivor: MergeSide | null
  readonly merged: MergeSide | null
  readonly done: string | null
}
