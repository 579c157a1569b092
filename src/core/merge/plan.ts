import { MAX_METADATA_KEYS } from '#core/customer'
import { fieldsFilledByMerge } from '#field/customer'
import type { RefusalCode } from '#kernel/error'
import type { MergePair, MergeSide, ProfileField } from './side.ts'

export type LeftAddress = {
  readonly id: string
  /** same: the survivor has this address. no_room: the survivor's address book is full. orders_only: the merge moves orders only. */
  readonly reason: 'same' | 'no_room' | 'orders_only'
}

/** The changes that a merge will make. All orders move, also those that are added before it is applied. */
export type MergePlan = {
  readonly survivorId: string
  readonly mergedId: string
  /** The versions on which the plan was made. It is valid only while both customers have them. */
  readonly survivorVersion: number
  readonly mergedVersion: number
  readonly automatic: boolean
  /** The guest was created after the proof, so its own data is not trusted. */
  readonly ordersOnly: boolean
  /** The addresses that move, in the order in which they get the room. */
  readonly addresses: readonly string[]
  readonly leftAddresses: readonly LeftAddress[]
  /** The groups that the survivor joins by hand. */
  readonly groups: readonly { readonly key: string; readonly expiresAt: string | null }[]
  /** The survivor's blank fields that are filled, with their new values. */
  readonly profile: { readonly [field in ProfileField]?: string }
  /** The metadata that the survivor lacks. */
  readonly metadata: Readonly<Record<string, string>>
}

type PlanOptions = {
  readonly maxAddresses: number
  /** Whether the service merges them by itself. */
  readonly automatic: boolean
  readonly now: Date
}

/** The reason why two customers cannot be merged, for every caller; null when they can. */
export function mergeProblem({ survivor, merged }: MergePair): RefusalCode | null {
  if (survivor.id === merged.id) return 'merge_with_itself'
  if ([survivor, merged].some(({ status }) => status === 'erased' || status === 'deleted')) {
    return 'customer_not_found'
  }
  if ([survivor, merged].some(({ status }) => status === 'merged')) return 'customer_merged'
  if (survivor.status === 'guest' && merged.status !== 'guest') return 'guest_cannot_survive'
  return null
}

/**
 * Plans the merge of one customer into another. It depends only on its arguments, so that a request and a job do what a preview
 * shows. Nothing of the survivor is overwritten, and nothing of the other is lost: data that does not move stays in the record of
 * the merge.
 */
export function planMerge(
  pair: MergePair,
  { maxAddresses, automatic, now }: PlanOptions,
): MergePlan {
  const { survivor, merged } = pair
  const ordersOnly = automatic && cameAfterTheProof(pair)
  const plan = {
    survivorId: survivor.id,
    mergedId: merged.id,
    survivorVersion: survivor.version,
    mergedVersion: merged.version,
    automatic,
    ordersOnly,
  }
  if (ordersOnly) {
    const leftAddresses = merged.addresses.map(({ id }) => ({ id, reason: 'orders_only' }) as const)
    return { ...plan, addresses: [], leftAddresses, groups: [], profile: {}, metadata: {} }
  }
  return {
    ...plan,
    ...planAddresses(pair, maxAddresses),
    groups: planGroups(pair, now),
    profile: merged.unproven ? {} : planProfile(pair),
    metadata: planMetadata(pair),
  }
}

const cameAfterTheProof = ({ survivor, merged }: MergePair): boolean =>
  survivor.claimedAt !== null && merged.createdAt > survivor.claimedAt

function planAddresses({ survivor, merged }: MergePair, max: number) {
  const known = new Set(survivor.addresses.map(({ sameness }) => sameness))
  const room = Math.max(0, max - survivor.addresses.length)
  const addresses: string[] = []
  const leftAddresses: LeftAddress[] = []
  for (const { id, sameness } of merged.addresses) {
    if (known.has(sameness)) leftAddresses.push({ id, reason: 'same' })
    else if (addresses.length === room) leftAddresses.push({ id, reason: 'no_room' })
    else addresses.push(id)
  }
  return { addresses, leftAddresses }
}

/**
 * The survivor gets the other's memberships by hand. Its own stay as they are. Memberships that only a rule holds do not count, because the rules judge the survivor again.
 */
function planGroups({ survivor, merged }: MergePair, now: Date) {
  const held = new Set(survivor.groups.filter(isByHand).map(({ key }) => key))
  return merged.groups
    .filter((group) => isByHand(group) && !held.has(group.key))
    .filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now.getTime())
    .map(({ key, expiresAt }) => ({ key, expiresAt }))
}

const isByHand = ({ source }: MergeSide['groups'][number]): boolean => source !== 'rule'

function planProfile({ survivor, merged }: MergePair): MergePlan['profile'] {
  const blank = fieldsFilledByMerge.filter((field) => survivor.profile[field] === null)
  return Object.fromEntries(
    blank.flatMap((field) => {
      const value = merged.profile[field]
      return value === null ? [] : [[field, value]]
    }),
  )
}

function planMetadata({ survivor, merged }: MergePair): Readonly<Record<string, string>> {
  const room = MAX_METADATA_KEYS - Object.keys(survivor.metadata).length
  const lacking = Object.entries(merged.metadata)
    .filter(([key]) => !Object.hasOwn(survivor.metadata, key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(lacking.slice(0, Math.max(0, room)))
}

/** The fields of both customers that have changed since the plan was made. */
export function fieldsChangedSincePlan(
  { survivor, merged }: MergePair,
  plan: Pick<MergePlan, 'survivorVersion' | 'mergedVersion'>,
): string[] {
  const since = ({ changedAt }: MergeSide, version: number) =>
    Object.keys(changedAt).filter((field) => (changedAt[field] ?? 0) > version)
  const fields = [...since(survivor, plan.survivorVersion), ...since(merged, plan.mergedVersion)]
  return [...new Set(fields)].sort()
}
