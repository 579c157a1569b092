import { same } from './invariant.ts'
import { newlyDone, newlyUndone } from './merge.ts'
import { type Portrait, portrait } from './portrait.ts'
import type { Customer, Merge } from './snapshot.ts'
import type { Seen } from './step.ts'

type Memory = { readonly survivor: Portrait; readonly merged: Portrait; readonly after: Portrait }

/** Follows the merges of one shop: that each loses and overwrites nothing, and that an undo is its opposite. */
export class MergeEffects {
  readonly #memories = new Map<string, Memory>()
  readonly #maxAddresses: number

  constructor(maxAddresses: number) {
    this.#maxAddresses = maxAddresses
  }

  /** What a step that did one thing to these two did wrong; of others nothing certain can be said. */
  check(seen: Seen): string[] {
    if (!seen.alone) return []
    const done = newlyDone(seen)
    const undone = newlyUndone(seen)
    const touched = [...done, ...undone].flatMap(({ survivorId, mergedId }) => [
      survivorId,
      mergedId,
    ])
    const isClear = ({ survivorId, mergedId }: Merge) =>
      [survivorId, mergedId].every((id) => touched.filter((one) => one === id).length === 1)
    return [
      ...done.filter(isClear).flatMap((merge) => this.#done(seen, merge)),
      ...undone.filter(isClear).flatMap((merge) => this.#undone(seen, merge)),
    ]
  }

  #done({ before, after: at }: Seen, merge: Merge): string[] {
    const survivor = portrait(before, merge.survivorId)
    const merged = portrait(before, merge.mergedId)
    const after = portrait(at, merge.survivorId)
    if (survivor === undefined || merged === undefined || after === undefined) return []
    this.#memories.set(merge.id, { survivor, merged, after })
    const ordersOnly = merge.automatic && merged.createdAt > (survivor.claimedAt ?? '')
    return problemsOf(`the merge ${merge.id}`, {
      orders: same(after.orders, [...survivor.orders, ...merged.orders].sort()),
      record: merged.addresses.every(({ id }) => merge.imageAddressIds.includes(id)),
      addresses: movedWell({ survivor, merged, after }, ordersOnly, this.#maxAddresses),
      defaults: survivor.defaults[0] === null || same(survivor.defaults, after.defaults),
      profile: fieldsOf(survivor).every((field) => {
        const filled = ordersOnly || merged.unproven ? null : (merged.profile[field] ?? null)
        return after.profile[field] === (survivor.profile[field] ?? filled)
      }),
      metadata: same(after.metadata, {
        ...(ordersOnly ? {} : merged.metadata),
        ...survivor.metadata,
      }),
      groups: same(
        [...after.memberships.keys()].sort(),
        [
          ...new Set([
            ...survivor.memberships.keys(),
            ...(ordersOnly ? [] : merged.memberships.keys()),
          ]),
        ].sort(),
      ),
    })
  }

  #undone({ before, after: at }: Seen, merge: Merge): string[] {
    const memory = this.#memories.get(merge.id)
    const until = portrait(before, merge.survivorId)
    const left = portrait(at, merge.survivorId)
    const back = portrait(at, merge.mergedId)
    if (memory === undefined || until === undefined || left === undefined || back === undefined)
      return []
    const { survivor, merged, after } = memory
    /** What nobody has touched since is as before the merge, the rest stays. */
    const restored = <T>(was: T, then: T, later: T) => (same(then, later) ? was : later)
    const untouched = after.addresses.filter((one) =>
      until.addresses.some((other) => same(one, other)),
    )
    const returned = untouched.filter(({ id }) => merged.addresses.some((one) => one.id === id))
    const keys = [
      ...after.memberships.keys(),
      ...until.memberships.keys(),
      ...left.memberships.keys(),
    ]
    const words = [
      ...Object.keys(after.metadata),
      ...Object.keys(until.metadata),
      ...Object.keys(left.metadata),
    ]
    return problemsOf(`the undo of ${merge.id}`, {
      status: back.status === merged.status && back.mergedInto === null,
      profile: same(back.profile, merged.profile) && same(back.metadata, merged.metadata),
      groups: same([...back.memberships.keys()], [...merged.memberships.keys()]),
      addresses: same(
        back.addresses.map(({ line1 }) => line1).sort(),
        merged.addresses.map(({ line1 }) => line1).sort(),
      ),
      'moved addresses': returned.every(({ id }) => back.addresses.some((one) => one.id === id)),
      orders: same(
        back.orders,
        merged.orders.filter((id) => until.orders.includes(id)),
      ),
      "survivor's orders": same(
        left.orders,
        until.orders.filter((id) => !merged.orders.includes(id)),
      ),
      "survivor's profile": fieldsOf(survivor).every(
        (field) =>
          left.profile[field] ===
          restored(survivor.profile[field], after.profile[field], until.profile[field]),
      ),
      "survivor's metadata": words.every(
        (key) =>
          left.metadata[key] ===
          restored(survivor.metadata[key], after.metadata[key], until.metadata[key]),
      ),
      "survivor's groups": keys.every((key) =>
        same(
          left.memberships.get(key),
          restored(
            survivor.memberships.get(key),
            after.memberships.get(key),
            until.memberships.get(key),
          ),
        ),
      ),
      "survivor's addresses": same(
        left.addresses.map(({ id }) => id),
        until.addresses.map(({ id }) => id).filter((id) => !returned.some((one) => one.id === id)),
      ),
      "survivor's defaults":
        !same(after.addresses, until.addresses) ||
        !same(after.defaults, until.defaults) ||
        same(left.defaults, survivor.defaults),
    })
  }
}

const fieldsOf = ({ profile }: Customer): string[] => Object.keys(profile)

/** All that fits has moved, by its own id, and what was there is there. */
function movedWell({ survivor, merged, after }: Memory, ordersOnly: boolean, max: number): boolean {
  const has = (id: string) => after.addresses.some((one) => one.id === id)
  const knows = (sameness: string) => after.addresses.some((one) => one.sameness === sameness)
  if (!survivor.addresses.every(({ id }) => has(id))) return false
  if (ordersOnly) return after.addresses.length === survivor.addresses.length
  return merged.addresses.every(({ sameness }) => knows(sameness) || after.addresses.length >= max)
}

const problemsOf = (what: string, checks: Readonly<Record<string, boolean>>): string[] =>
  Object.entries(checks)
    .filter(([, right]) => !right)
    .map(([name]) => `${what}: ${name}`)
