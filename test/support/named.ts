import { newId } from '#kernel/id'
import { nameKey } from '../../src/core/customer/name-key.ts'
import { query } from './rows.ts'

type Names = { readonly firstName?: string; readonly lastName?: string; readonly country?: string }

let people = 0

/** Active customers with names, and perhaps in a country, each a second younger than the one before; their ids, in that order. */
export async function settleNamed(tenant: string, names: readonly Names[]): Promise<string[]> {
  const rows = names.map(({ firstName, lastName, country }) => ({
    id: newId('customer', new Date(Date.UTC(2026, 0, 1) + ++people * 1000)),
    email: `named${people}@example.com`,
    ...{ firstName, lastName, country },
    firstNameKey: nameKey(firstName),
    lastNameKey: nameKey(lastName),
  }))
  await query(
    `insert into customer (tenant, id, email, email_key, first_name, last_name, first_name_key, last_name_key, status, created_at, updated_at)
     select $1, p.id, p.email, p.email, p."firstName", p."lastName", p."firstNameKey", p."lastNameKey", 'active', id_moment(p.id), id_moment(p.id)
     from jsonb_to_recordset($2::jsonb) p(id text, email text, "firstName" text, "lastName" text, "firstNameKey" text, "lastNameKey" text)`,
    [tenant, JSON.stringify(rows)],
  )
  await query(
    `insert into find_key (tenant, kind, value, customer_id) select $1, 'country', p.country, p.id
     from jsonb_to_recordset($2::jsonb) p(id text, country text) where p.country is not null`,
    [tenant, JSON.stringify(rows)],
  )
  return rows.map(({ id }) => id)
}
