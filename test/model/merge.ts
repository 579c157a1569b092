import { customerIn, isListed, type Merge, type Snapshot } from './snapshot.ts'
import type { Seen } from './step.ts'

const stateIn = ({ merges }: Snapshot, id: string) => merges.find((one) => one.id === id)?.state

const turned =
  (to: Merge['state']) =>
  ({ before, after }: Seen): readonly Merge[] =>
    after.merges.filter(({ id, state }) => state === to && stateIn(before, id) !== to)

/** The merges that a step did, in their order; one that was undone in the same step is not among them. */
export const newlyDone = turned('done')
export const newlyUndone = turned('undone')

/** What a step did to the merges and must not have. */
export function wrongMerges(seen: Seen): string[] {
  return [
    ...newlyDone(seen).flatMap((merge) => wronglyMerged(seen, merge)),
    ...lostMerges(seen),
    ...seen.after.customers.flatMap(({ id }) => wrongTurn(seen, id)),
  ]
}

function wronglyMerged({ before, after, proven, disabled }: Seen, merge: Merge): string[] {
  const { survivorId, mergedId, automatic } = merge
  const problems: string[] = []
  const [was, survivor] = [before, after].map((at) => customerIn(at, survivorId))
  const [guest, merged] = [before, after].map((at) => customerIn(at, mergedId))
  if (survivor?.status === 'guest' && guest !== undefined && guest.status !== 'guest') {
    problems.push(`the guest ${survivorId} survived the account ${mergedId}`)
  }
  if (!automatic) return problems
  if (!proven.has(survivorId))
    problems.push(`${mergedId} was merged into ${survivorId}, which nobody had proven`)
  if (disabled.has(survivorId))
    problems.push(`${mergedId} was merged into ${survivorId}, which is disabled`)
  if (guest !== undefined && guest.status !== 'guest') problems.push(`${mergedId} is no guest`)
  if (![was?.email, survivor?.email].includes(merged?.email)) {
    problems.push(`${mergedId} and ${survivorId} have not the same address`)
  }
  const parted = before.merges.some(
    (one) => one.state === 'undone' && one.survivorId === survivorId && one.mergedId === mergedId,
  )
  if (parted) problems.push(`${mergedId} and ${survivorId} were parted before`)
  return problems
}

const lostMerges = ({ before, after }: Seen): string[] =>
  before.merges
    .filter(({ id, state }) => {
      const now = stateIn(after, id)
      return (
        (state === 'done' && now !== 'done' && now !== 'undone') ||
        (state === 'undone' && now !== state)
      )
    })
    .map(({ id, state }) => `the merge ${id} was ${state} and is not`)

/** Nothing but a merge makes a customer another's, nothing but an undo its own again; and what was counted up stays up. */
function wrongTurn(seen: Seen, id: string): string[] {
  const was = customerIn(seen.before, id)
  const is = customerIn(seen.after, id)
  if (was === undefined || is === undefined) return []
  const merged = newlyDone(seen).some(({ mergedId }) => mergedId === id)
  const parted = newlyUndone(seen).some(({ mergedId }) => mergedId === id)
  const problems: string[] = []
  if (is.status === 'merged' && was.status !== 'merged' && !merged)
    problems.push(`${id} was merged by nothing`)
  if (is.status !== 'merged' && was.status === 'merged' && !parted)
    problems.push(`${id} was parted by nothing`)
  if (was.status === 'deleted' && is.status !== 'deleted') problems.push(`${id} rose from the dead`)
  if (is.version < was.version || is.sequence < was.sequence)
    problems.push(`${id} went back in time`)
  return problems
}

/**
 * Guests that should have been merged by now: the account of their address is proven, and they were never parted from it. A guest that a
 * storefront makes after the proof waits for the sweep, so that its answer does not show who has an account.
 */
export function forgottenGuests(at: Snapshot, isSwept: boolean): string[] {
  return at.customers
    .filter(({ status }) => status === 'guest')
    .flatMap((guest) => {
      const account = at.customers.find(
        (one) => one.email === guest.email && one.id !== guest.id && isListed(one),
      )
      if (account?.status !== 'active' || !account.verifiedAt || !account.claimedAt) return []
      const provenAt = Math.max(Date.parse(account.verifiedAt), Date.parse(account.claimedAt))
      if (!isSwept && guest.unproven && Date.parse(guest.createdAt) > provenAt) return []
      const parted = at.merges.some(
        (one) =>
          one.state === 'undone' && one.survivorId === account.id && one.mergedId === guest.id,
      )
      return parted ? [] : [`${guest.id} was not merged into ${account.id}`]
    })
}
