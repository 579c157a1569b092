import type pg from 'pg'
import { countryIndependentFindKeys, postalFindKeys } from '../../src/core/address/find-keys.ts'
import { emailKeyOrNull } from '../../src/core/customer/email.ts'
import { nameKey } from '../../src/core/customer/name-key.ts'
import { type Addresses, Customers } from './customers.ts'
import { readRowBatches } from './read-row-batches.ts'

type Text = string | null
type CustomerRow = [
  ...[id: string, externalId: Text, email: string, firstName: Text, lastName: Text, phone: Text],
  ...[locale: Text, status: string, isVerified: boolean, metadata: string, consents: string],
  ...[groups: Text],
  ...[orderCount: number, totalSpent: number, lastOrderAt: number | null],
  ...[createdAt: number, updatedAt: number],
]
type AddressRow = [
  ...[customer: string, country: string, postalCode: Text, city: Text],
  ...[line1: string, line2: Text, company: Text, phone: Text],
]

const micros = (column: string): string => `(extract(epoch from ${column}) * 1000000)::float8`

const customersSql = `select id, external_id, email, first_name, last_name, phone, locale, status, email_verified_at is not null, metadata::text, consents::text,
    (select string_agg(group_key, E'\\n') from membership m where m.tenant = c.tenant and m.customer_id = c.id),
    order_count, total_spent::float8, ${micros('last_order_at')}, ${micros('created_at')}, ${micros('updated_at')}
  from customer c where tenant = $1 order by id`
const addressesSql = `select customer_id, country, postal_code, city, line1, line2, company, phone
  from address where tenant = $1 order by customer_id, id`
const ordersSql = `select id, customer_id from "order" where tenant = $1`

/** Reads all customers of a tenant, with what belongs to them, at one moment. Their rows are in the order of their ids. */
export async function readCustomers(client: pg.Client, tenant: string): Promise<Customers> {
  await client.query('begin isolation level repeatable read, read only')
  const count = async (table: string) =>
    (await client.query(`select count(*)::int as n from ${table} where tenant = $1`, [tenant]))
      .rows[0]?.n
  const customers = new Customers(await count('customer'), await count('address'))
  let row = 0
  for await (const batch of readRowBatches<CustomerRow>(client, customersSql, tenant)) {
    for (const one of batch) setCustomer(customers, row++, one)
  }
  let address = 0
  for await (const batch of readRowBatches<AddressRow>(client, addressesSql, tenant)) {
    for (const one of batch) {
      customers.addresses.add(rowOf(customers, one[0]), address)
      setAddress(customers.addresses, address++, one)
    }
  }
  for await (const batch of readRowBatches<[string, string]>(client, ordersSql, tenant)) {
    for (const [id, owner] of batch) customers.owners.set(id, rowOf(customers, owner))
  }
  await client.query('commit')
  return customers
}

function rowOf(customers: Customers, id: string): number {
  const row = customers.rowOf(id)
  if (row === undefined) throw new Error(`there is no customer ${id}`)
  return row
}

const nameKeyOf = remembering((name: string) => nameKey(name))

function setCustomer(customers: Customers, row: number, given: CustomerRow): void {
  const [id, externalId, email, firstName, lastName, phone, locale, status, ...more] = given
  const [isVerified, metadata, consents, groups, orders, spent, lastOrderAt, createdAt, updatedAt] =
    more
  customers.id.set(row, id)
  customers.externalId.set(row, externalId)
  // A filled database also has addresses that are too long to be accepted.
  customers.emailKey.set(row, emailKeyOrNull(email) ?? email)
  customers.firstNameKey.set(row, nameKeyOf(firstName ?? ''))
  customers.lastNameKey.set(row, nameKeyOf(lastName ?? ''))
  customers.phone.set(row, phone)
  customers.locale.set(row, locale)
  customers.status.set(row, status)
  customers.emailVerified.set(row, isVerified ? 1 : 0)
  customers.metadata.set(row, metadata)
  customers.consents.set(row, consents)
  customers.groups.set(row, groups)
  customers.orderCount.set(row, orders)
  customers.totalSpent.set(row, spent)
  customers.lastOrderAt.set(row, lastOrderAt)
  customers.createdAt.set(row, createdAt)
  customers.updatedAt.set(row, updatedAt)
}

const cityKeysOf = remembering((city: string) => countryIndependentFindKeys({ city }).city ?? '')
const lineKeysOf = remembering((line1: string) => countryIndependentFindKeys({ line1 }).line1 ?? '')
const companyKeysOf = remembering(
  (company: string) => countryIndependentFindKeys({ company }).company ?? '',
)
const postalKeysOf = remembering((code: string) => postalFindKeys(code.slice(0, 2), code.slice(2)))

function setAddress(addresses: Addresses, row: number, given: AddressRow): void {
  const [, country, postalCode, city, line1, line2, company, phone] = given
  addresses.country.set(row, country)
  addresses.phone.set(row, phone)
  addresses.cityKeys.set(row, cityKeysOf(city ?? ''))
  addresses.postalKeys.set(row, postalKeysOf(`${country}${postalCode ?? ''}`))
  addresses.streetKeys.set(row, `${lineKeysOf(line1)}\n${lineKeysOf(line2 ?? '')}`)
  addresses.companyKeys.set(row, companyKeysOf(company ?? ''))
}

/** What a text was made into is made once. */
function remembering(make: (text: string) => string): (text: string) => string {
  const made = new Map<string, string>()
  return (text) => {
    const known = made.get(text) ?? make(text)
    made.set(text, known)
    return known
  }
}
