import type { Status } from '#core/customer'
import type { mergeFields } from '#field/customer'

/** A field of a profile that a merge may fill. */
export type ProfileField = (typeof mergeFields)[number]

/** One of the two customers, as `merge_side` shows it to the planner. */
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
