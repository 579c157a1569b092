import { wrongFindKeys } from './find-key.ts'
import { type Customer, customerIn, isListed, type LedgerOrder, type Snapshot } from './snapshot.ts'

/** The rules that hold at every moment of every story. Names the broken ones. */
export function brokenPromises(at: Snapshot, maxAddresses: number): string[] {
  return [
    ...homelessOrders(at),
    ...at.customers.flatMap((customer) => wrongCounters(at, customer)),
    ...lostMoney(at),
    ...at.customers.flatMap((customer) => halfMerged(at, customer)),
    ...lostMembers(at),
    ...crowded(at, maxAddresses),
    ...wrongFindKeys(at),
    ...at.customers.flatMap((customer) => gaps(at, customer)),
    ...untoldMerges(at),
    ...at.customers.flatMap((customer) => wronglyToldGroups(at, customer)),
    ...at.strays.map((id) => `the lists show another ${id}`),
  ]
}

const homelessOrders = (at: Snapshot): string[] =>
  at.orders
    .filter(({ customerId }) => (customerIn(at, customerId)?.status ?? 'merged') === 'merged')
    .map(({ id, customerId }) => `order ${id} belongs to ${customerId}, who is no more`)

type Sums = Record<string, { amount: number; orders: number }>

function sumsOf(orders: readonly LedgerOrder[]): Sums {
  const sums: Sums = {}
  for (const { currency, gross, refunded, state } of orders) {
    if (state !== 'paid') continue
    sums[currency] ??= { amount: 0, orders: 0 }
    sums[currency].amount += gross - refunded
    sums[currency].orders++
  }
  return sums
}

function wrongCounters(at: Snapshot, customer: Customer): string[] {
  const orders = at.orders.filter(({ customerId }) => customerId === customer.id)
  const paid = orders.filter(({ state }) => state === 'paid')
  const spent = sumsOf(orders)
  const ledger = {
    orderCount: paid.length,
    totalSpent: spent.USD?.amount ?? 0,
    spent,
    lastOrderAt:
      paid
        .map(({ placedAt }) => placedAt)
        .sort()
        .at(-1) ?? null,
  }
  const { orderCount, totalSpent, lastOrderAt } = customer
  const counted = { orderCount, totalSpent, spent: customer.spent, lastOrderAt }
  return same(counted, ledger)
    ? []
    : [`${customer.id} counts ${JSON.stringify(counted)}, the ledger ${JSON.stringify(ledger)}`]
}

function lostMoney(at: Snapshot): string[] {
  const counted: Sums = {}
  for (const { spent } of at.customers) {
    for (const [currency, { amount, orders }] of Object.entries(spent)) {
      counted[currency] ??= { amount: 0, orders: 0 }
      counted[currency].amount += amount
      counted[currency].orders += orders
    }
  }
  return same(counted, sumsOf(at.orders)) ? [] : ['what all have spent is not what was ordered']
}

function halfMerged(at: Snapshot, { id, status, mergedInto }: Customer): string[] {
  if (status !== 'merged') return []
  const keeps = [...at.addresses, ...at.memberships].some(({ customerId }) => customerId === id)
  const records = at.merges.filter((merge) => merge.mergedId === id && merge.state === 'done')
  return [
    ...(keeps ? [`${id} is merged and still has something`] : []),
    ...(records.length === 1 ? [] : [`${id} is merged by ${records.length} records`]),
    ...(customerIn(at, mergedInto ?? '')?.status === 'merged' ? [`${id} stands in a chain`] : []),
  ]
}

/** A count of the members of a group asks nobody whether he is listed. */
const lostMembers = (at: Snapshot): string[] =>
  at.customers
    .filter((customer) => !isListed(customer))
    .filter(({ id }) => at.memberships.some(({ customerId }) => customerId === id))
    .map(({ id, status }) => `${id} is ${status} and still in a group`)

const crowded = (at: Snapshot, max: number): string[] =>
  at.customers
    .filter(({ id }) => at.addresses.filter(({ customerId }) => customerId === id).length > max)
    .map(({ id }) => `${id} has too many addresses`)

function gaps(at: Snapshot, { id, sequence }: Customer): string[] {
  const told = at.events.filter(({ customerId }) => customerId === id)
  const gapless = told.length === sequence && told.every((event, n) => event.sequence === n + 1)
  return gapless ? [] : [`${id} is at ${sequence}, told were ${told.map((e) => e.sequence)}`]
}

function untoldMerges(at: Snapshot): string[] {
  return at.merges.flatMap(({ id, state, survivorId, mergedId }) => {
    const times = (type: string, customerId: string) =>
      at.events.filter((e) => e.merge === id && e.type === type && e.customerId === customerId)
        .length
    const wanted = [state === 'pending' ? 0 : 1, state === 'undone' ? 1 : 0]
    return [survivorId, mergedId]
      .filter(
        (who) => !same([times('customer.merged', who), times('customer.unmerged', who)], wanted),
      )
      .map((who) => `${who} was not told once of the ${state} merge ${id}`)
  })
}

/** The events alone say who is in which group. */
function wronglyToldGroups(at: Snapshot, customer: Customer): string[] {
  if (!isListed(customer)) return []
  const told = new Set<string>()
  for (const { customerId, type, group } of at.events) {
    if (customerId !== customer.id || group === null) continue
    if (type === 'customer.group_added') told.add(group)
    if (type === 'customer.group_removed') told.delete(group)
  }
  const held = at.memberships.filter((m) => m.customerId === customer.id).map(({ key }) => key)
  return same([...told].sort(), held.sort())
    ? []
    : [`${customer.id} is in ${held}, told was ${[...told]}`]
}

/** Whether two values are equal, whatever the order of their keys. */
export function same(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return one === other
  }
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) => Object.hasOwn(other, key) && same(Reflect.get(one, key), Reflect.get(other, key)),
    )
  )
}
