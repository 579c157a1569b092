import { same } from './invariant.ts'
import { newlyDone, newlyUndone } from './merge.ts'
import { customerIn, isListed, type LedgerOrder, survivorIn } from './snapshot.ts'
import type { Seen, Told } from './step.ts'

/** What a step did to the orders and must not have: the newest version wins, and each goes where it belongs. */
export function wrongOrders(seen: Seen): string[] {
  const ids = new Set(
    [...seen.before.orders, ...seen.after.orders, ...seen.told].map(({ id }) => id),
  )
  return [...ids].flatMap((id) => {
    const was = seen.before.orders.find((one) => one.id === id)
    const is = seen.after.orders.find((one) => one.id === id)
    const told = seen.told.filter((one) => one.id === id)
    return [...wrongState(seen, told, was, is), ...wrongHolder(seen, told, was, is)]
  })
}

function wrongState(
  seen: Seen,
  told: readonly Told[],
  was?: LedgerOrder,
  is?: LedgerOrder,
): string[] {
  const least = Math.max(
    was?.version ?? 0,
    ...told.map((one) => (one.known === true ? one.version : 0)),
  )
  if (is === undefined) return least > 0 ? [`an order is lost at version ${least}`] : []
  const possible =
    was?.version === is.version
      ? [contentOf(was)]
      : told.filter((one) => one.known && one.version === is.version).map(({ content }) => content)
  const isRight = is.version >= least && possible.some((content) => same(content, contentOf(is)))
  return [
    ...(isRight ? [] : [`order ${is.id} is at ${is.version}, not as version ${least} said`]),
    ...untold(seen, is, was),
    ...told.filter(({ known }) => !known).flatMap((one) => wronglyRefused(seen, one, was)),
  ]
}

const contentOf = ({ currency, gross, refunded, state, placedAt }: LedgerOrder) => ({
  currency,
  gross,
  refunded,
  state,
  placedAt,
})

function untold({ before, after }: Seen, is: LedgerOrder, was?: LedgerOrder): string[] {
  if (was?.version === is.version) return []
  const told = after.events.filter(
    (e) =>
      e.type === 'customer.order_recorded' &&
      e.order === is.id &&
      e.orderVersion === is.version &&
      !e.moved,
  )
  const gone = [before, after].some((at) => {
    const holder = customerIn(at, is.customerId)
    return holder !== undefined && !isListed(holder)
  })
  return told.length === 1 || gone ? [] : [`order ${is.id} was told of ${told.length} times`]
}

function wronglyRefused({ before, after, alone }: Seen, told: Told, was?: LedgerOrder): string[] {
  const ends = [before, after].map((at) => customerIn(at, survivorIn(at, told.customerId)))
  const there = ends.every((holder) => holder !== undefined && isListed(holder))
  return there || (alone && was?.customerId === told.customerId)
    ? [`an order of ${told.customerId} was refused`]
    : []
}

function wrongHolder(
  seen: Seen,
  told: readonly Told[],
  was?: LedgerOrder,
  is?: LedgerOrder,
): string[] {
  if (is === undefined) return []
  const { before, after } = seen
  const taken = told.filter(({ known, version }) => known && version === is.version)
  const named =
    was?.version === is.version
      ? []
      : taken.flatMap(({ customerId: id }) => [before, after].map((at) => survivorIn(at, id)))
  const stays = was === undefined || (seen.alone && named.length > 0) ? [] : [was.customerId]
  const possible = new Set([...stays, ...named])
  // A merge takes it along, an undo brings it back; more than one of them may have.
  for (let size = -1; size !== possible.size; ) {
    size = possible.size
    for (const merge of newlyDone(seen)) {
      if (possible.has(merge.mergedId)) possible.add(merge.survivorId)
    }
    for (const merge of newlyUndone(seen)) {
      if (possible.has(merge.survivorId) && merge.orderIds.includes(is.id))
        possible.add(merge.mergedId)
    }
  }
  return possible.has(is.customerId)
    ? []
    : [`order ${is.id} went to ${is.customerId}, not to ${[...possible]}`]
}
