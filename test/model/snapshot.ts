import type { TestApp } from '../support/app.ts'
import { strayEntries } from '../support/entry.ts'
import { query } from '../support/rows.ts'

export type Customer = {
  readonly id: string
  readonly status: string
  readonly email: string
  readonly mergedInto: string | null
  readonly verifiedAt: string | null
  readonly claimedAt: string | null
  readonly createdAt: string
  readonly unproven: boolean
  readonly version: number
  readonly sequence: number
  readonly orderCount: number
  readonly totalSpent: number
  readonly spent: Readonly<Record<string, { amount: number; orders: number }>>
  readonly lastOrderAt: string | null
  readonly profile: Readonly<Record<string, string | null>>
  readonly locale: string | null
  readonly consents: Readonly<Record<string, string>>
  readonly metadata: Readonly<Record<string, string>>
  readonly defaults: readonly [shipping: string | null, billing: string | null]
}

type Address = {
  readonly id: string
  readonly customerId: string
  readonly country: string
  readonly line1: string
  readonly line2: string | null
  readonly city: string | null
  readonly postalCode: string | null
  readonly company: string | null
  readonly phone: string | null
  readonly sameness: string
  readonly unproven: boolean
}

export type Membership = {
  readonly customerId: string
  readonly key: string
  readonly source: string
  readonly byRule: boolean
  readonly addedAt: string
  readonly expiresAt: string | null
}

export type LedgerOrder = {
  readonly id: string
  readonly customerId: string
  readonly currency: string
  readonly gross: number
  readonly refunded: number
  readonly state: string
  readonly placedAt: string
  readonly version: number
}

export type Merge = {
  readonly id: string
  readonly state: 'pending' | 'done' | 'undone'
  readonly survivorId: string
  readonly mergedId: string
  readonly automatic: boolean
  readonly orderIds: readonly string[]
  /** Of the merged one, as it was. */
  readonly imageAddressIds: readonly string[]
}

type Event = {
  readonly customerId: string
  readonly sequence: number
  readonly type: string
  readonly at: string
  readonly merge: string | null
  readonly role: string | null
  readonly group: string | null
  readonly order: string | null
  readonly orderVersion: number | null
  readonly moved: boolean
}

type FindKey = {
  readonly customerId: string
  readonly kind: string
  readonly value: string
}

/** All there is of one small shop, at one moment. */
export type Snapshot = {
  readonly customers: readonly Customer[]
  readonly addresses: readonly Address[]
  readonly memberships: readonly Membership[]
  readonly orders: readonly LedgerOrder[]
  readonly merges: readonly Merge[]
  readonly events: readonly Event[]
  /** The customers whose entries of lists are not as they are. */
  readonly strays: readonly string[]
  /** By what customers are found; of customers who are no more, too. */
  readonly findKeys: readonly FindKey[]
}

const moment = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const all = (row: string, from: string, order: string) =>
  `(select coalesce(json_agg(json_build_object(${row}) order by ${order}), '[]') from ${from})`

const STATEMENT = `with who as materialized (
    select * from customer where tenant = $1 and email_key >= $2 and email_key < $3
  ) select ${all(
    `'id', c.id, 'status', c.status, 'email', c.email_key, 'mergedInto', c.merged_into, 'verifiedAt', c.email_verified_at,
    'claimedAt', ${moment('c.claimed_at')}, 'createdAt', ${moment('c.created_at')}, 'unproven', c.unproven, 'version', c.version,
    'sequence', c.sequence, 'orderCount', c.order_count, 'totalSpent', c.total_spent, 'spent', c.spent, 'lastOrderAt', ${moment('c.last_order_at')},
    'profile', json_build_object('firstName', c.first_name, 'lastName', c.last_name, 'phone', c.phone),
    'metadata', c.metadata, 'consents', c.consents, 'locale', c.locale, 'defaults', json_build_array(c.default_shipping_id, c.default_billing_id)`,
    'who c',
    'c.id',
  )} as customers, ${all(
    `'id', a.id, 'customerId', a.customer_id, 'country', a.country, 'line1', a.line1, 'line2', a.line2, 'city', a.city,
    'postalCode', a.postal_code, 'company', a.company, 'phone', a.phone, 'sameness', a.sameness, 'unproven', a.unproven`,
    'address a join who on a.tenant = $1 and a.customer_id = who.id',
    'a.id',
  )} as addresses, ${all(
    `'customerId', m.customer_id, 'key', m.group_key, 'source', m.source, 'byRule', m.by_rule, 'addedAt', ${moment('m.added_at')},
    'expiresAt', ${moment('m.expires_at')}`,
    'membership m join who on m.tenant = $1 and m.customer_id = who.id',
    'm.group_key',
  )} as memberships, ${all(
    `'id', o.id, 'customerId', o.customer_id, 'currency', o.currency, 'gross', o.gross, 'refunded', o.refunded,
    'state', o.state, 'placedAt', ${moment('o.placed_at')}, 'version', o.version`,
    '"order" o where o.tenant = $1 and o.id >= $2 and o.id < $3',
    'o.id',
  )} as orders, ${all(
    `'id', m.id, 'state', m.state, 'survivorId', m.survivor_id, 'mergedId', m.merged_id, 'automatic', m.automatic,
    'orderIds', m.order_ids, 'imageAddressIds', jsonb_path_query_array(m.before, '$.merged.addresses[*].id')`,
    'merge m join who on m.tenant = $1 and m.merged_id = who.id',
    'm.id',
  )} as merges, ${all(
    `'customerId', e.customer_id, 'sequence', e.sequence, 'type', e.type, 'at', ${moment('e.at')}, 'merge', e.data -> 'mergeId', 'role', e.data -> 'role',
    'group', e.data -> 'group', 'order', e.data #> '{order,id}', 'orderVersion', e.data #> '{order,version}',
    'moved', e.data -> 'order' ? 'movedTo'`,
    'event e join who on e.tenant = $1 and e.customer_id = who.id',
    'e.customer_id, e.sequence',
  )} as events, array(${strayEntries(
    'who',
    '(select e.* from list_entry e join who on e.tenant = $1 and e.id = who.id)',
  )}) as strays, ${all(
    `'customerId', f.customer_id, 'kind', f.kind, 'value', f.value`,
    `find_key f left join customer c on c.tenant = $1 and c.id = f.customer_id
      where f.tenant = $1 and (c.id is null or c.id in (select id from who))`,
    'f.customer_id',
  )} as "findKeys"`

/** Everything whose name or address begins with `prefix-`, in one statement. */
export async function lookAt({ tenant, wire }: TestApp, prefix: string): Promise<Snapshot> {
  const values = [tenant, `${prefix}-`, `${prefix}.`]
  const [found] = await query<Snapshot>(STATEMENT, values, wire.connectionString)
  if (found === undefined) throw new Error('nothing to look at')
  return found
}

export const nothing: Snapshot = {
  customers: [],
  addresses: [],
  memberships: [],
  orders: [],
  merges: [],
  events: [],
  strays: [],
  findKeys: [],
}

export const isListed = ({ status }: Customer): boolean =>
  ['guest', 'unverified', 'active', 'disabled'].includes(status)

export const customerIn = ({ customers }: Snapshot, id: string): Customer | undefined =>
  customers.find((one) => one.id === id)

/** Whom an id stands for. */
export const survivorIn = (at: Snapshot, id: string): string => customerIn(at, id)?.mergedInto ?? id
