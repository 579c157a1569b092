import { type Customer, customerIn, type Membership, type Snapshot } from './snapshot.ts'

export type Portrait = Customer & {
  readonly addresses: Snapshot['addresses']
  readonly memberships: ReadonlyMap<string, Membership>
  readonly orders: readonly string[]
}

/** A customer with all it has; undefined when it was not there. */
export function portrait(at: Snapshot, id: string): Portrait | undefined {
  const customer = customerIn(at, id)
  const its = <T extends { readonly customerId: string }>(list: readonly T[]) =>
    list.filter(({ customerId }) => customerId === id)
  return (
    customer && {
      ...customer,
      addresses: its(at.addresses),
      memberships: new Map(its(at.memberships).map((one) => [one.key, one])),
      orders: its(at.orders).map((order) => order.id),
    }
  )
}
