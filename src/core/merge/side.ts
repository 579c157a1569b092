import type { mergeFields, Status } from '#field/customer'

/** A field of a profile that a merge may fill. */
export type ProfileField = (typeof mergeFields)[number]

/** One of the two customers, as the planner looks at it. */
export type Side = {
  readonly id: string
  readonly status: Status | 'deleted'
  readonly version: number
  /** In which version each field last changed. */
  readonly changedAt: Readonly<Record<string, number>>
  readonly mergedInto: string | null
  /** Its names were written by someone who had not proven who they are. */
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

/** Who stays, and who becomes part of it. */
export type Pair = { readonly survivor: Side; readonly merged: Side }

/** The pair of a merge that is due. */
export type DuePair = Pair & { readonly merge: string }

/** What there is of two customers, and the merge of one into the other if it is done already. */
export type Sides = {
  readonly survivor: Side | null
  readonly merged: Side | null
  readonly done: string | null
}
