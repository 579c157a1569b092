import { countryIndependentFindKeys } from '../../src/core/address/find-keys.ts'

/** An id of a moment (milliseconds), as `newId` writes it; what is random in it comes from a text, so that filling twice gives the same. */
const id = (prefix: string, ms: string, seed: string): string => {
  const digits = Array.from(
    { length: 10 },
    (_, i) =>
      `substr('0123456789abcdefghjkmnpqrstvwxyz', ((${ms} >> ${45 - 5 * i}) & 31)::int + 1, 1)`,
  )
  return `'${prefix}_' || ${digits.join(' || ')} || substr(md5(${seed}), 1, 16)`
}

const streets = ['Hauptstrasse', 'Bahnhofstrasse', 'Lindenweg', 'Broadway', 'Ringstrasse']

/** $1 tenant, $2 first and $3 last number, $4 of how many, $5 now (milliseconds), $6 first names, $7 last names, $8 currency. */
export const fillCustomers = `
with customer_made as (insert into customer (tenant, id, external_id, email, email_key, first_name, last_name, first_name_key, last_name_key, phone, locale,
  status, email_verified_at, group_keys, metadata, order_count, total_spent, spent, last_order_at, last_order_key,
  default_shipping_id, default_billing_id, merged_into, sequence, created_at, updated_at)
with drawn as materialized (
  select n, random() a, random() b, random() d, random() e, random() f, random() g, random() h,
    random() i, random() j,
    ($5 - 4 * 365 * 86400000::bigint + (4 * 365 * 86400000::bigint * ((n - 1)::float8 / $4))::bigint) as ms
  from generate_series($2::int, $3::int) n
), made as (
  select *, to_timestamp(ms / 1000.0) as created_at, ${id('cust', 'ms', `$1 || n`)} as id,
    case when a < 0.60 then 'active' when a < 0.72 then 'unverified' when a < 0.96 then 'guest' when a < 0.97 then 'disabled'
      when a < 0.99 and n > 1 then 'merged' when a < 0.995 then 'erased' else 'deleted' end as status,
    ($6::jsonb) -> (floor(e * jsonb_array_length($6))::int) as first,
    ($7::jsonb) -> (floor(power(f, 2.2) * jsonb_array_length($7))::int) as last
  from drawn
), counted as (
  select *, case when status in ('erased', 'deleted', 'merged') or b > 0.4 then 0 else least(500, floor(power(greatest(b, 1e-9) / 0.4, -1 / 1.3)))::int end as orders,
    d < 0.92 and status not in ('erased', 'deleted', 'merged') as has_address
  from made
), spent as (
  select *, (orders * exp(8.2 + 0.8 * sqrt(-2 * ln(greatest(g, 1e-9))) * cos(6.28 * h)))::bigint as amount,
    case when orders > 0 then date_trunc('milliseconds', created_at + (to_timestamp($5 / 1000.0) - created_at) * i) end as last_order_at,
    case when has_address then 'addr_' || substr(id, 6, 10) || substr(md5(id || 1), 1, 16) end as address_id
  from counted
)
select $1, id, case when n % 3 = 0 then 'ext-' || n end,
  m.email, m.email, case when j < 0.04 then null else first ->> 'name' end, case when j < 0.05 then null else last ->> 'name' end,
  case when j < 0.04 then '' else first ->> 'key' end, case when j < 0.05 then '' else last ->> 'key' end,
  case when n % 2 = 0 then '+4930' || (1000000 + n) end, 'en-US', status, case when status = 'active' then created_at end,
  case when status in ('merged', 'erased', 'deleted') then '{}' else array_remove(array[
    case when h < 0.1 then 'g' || lpad((1 + floor(h * 2000))::text, 3, '0') end,
    case when e < 0.45 then 'newsletter' end,
    case when n in ($4 / 100, $4 / 50, $4 / 7, $4 / 3, $4 / 2) then 'rare' end,
    case when g < 0.0001 then 'staff' end,
    case when orders >= 15 and d < 0.55 or d > 0.995 then 'vip' end,
    case when i < 0.08 then 'wholesale' end], null) end,
  case when n % 4 = 0 then jsonb_build_object('source', (array['web', 'pos', 'import'])[1 + n % 3]) else '{}' end
    || case when n % 2500 = 3 then '{"tier": "platinum"}' when n % 20 = 3 then '{"tier": "gold"}' else '{}' end::jsonb,
  orders, amount, case when orders > 0 then jsonb_build_object($8::text, jsonb_build_object('amount', amount, 'orders', orders)) else '{}' end,
  last_order_at, coalesce(last_order_at, '-infinity'), address_id, address_id,
  case when status = 'merged' then lag(id, 1, id) over (order by n) end, 1 + orders, created_at,
  date_trunc('milliseconds', greatest(created_at + (to_timestamp($5 / 1000.0) - created_at) * power(j, 3), coalesce(last_order_at, created_at)))
from spent, lateral (select case when first ->> 'key' ~ '^[a-z ]+$' then replace(first ->> 'key', ' ', '.') else 'c' end
  || '.' || replace(last ->> 'key', ' ', '') || n || '@' || (array['gmail.com', 'web.de', 'example.com', 'shop.test'])[1 + n % 4] as email) m
returning *), address_made as (
  insert into address (tenant, id, customer_id, label, line1, city, postal_code, country, sameness, keys, created_at, updated_at)
  select tenant, 'addr_' || substr(id, 6, 10) || substr(md5(id || k), 1, 16), id, 'Home', street || ' ' || number, city, code,
    country, md5(id || k), jsonb_build_object('city', 'city ' || lower(city), 'postalCode', 'postalCode ' || code,
      'line1', street_key || number || E'\\nstreet ' || number), created_at, created_at
  from customer_made, generate_series(1, case when substr(md5(id), 1, 1) < 'c' then 1 when substr(md5(id), 1, 1) < 'e' then 2 else 3 end) k,
    lateral (select ('x' || substr(md5(id || k), 1, 7))::bit(28)::int as chance) drawn,
    lateral (select ('x' || substr(md5(id), 9, 7))::bit(28)::int / 268435456.0 as c,
      created_at < to_timestamp($5 / 1000.0) - interval '1430 days' as is_old) of_customer,
    lateral (select case when is_old and c < 0.5 then 'JP' when c < 0.45 then 'DE' when c < 0.65 then 'US' when c < 0.75 then 'FR'
      when c < 0.83 then 'GB' when c < 0.89 then 'AT' when c < 0.92 then 'CH' when c < 0.9999 then 'NL' else 'IS' end as country) home,
    lateral (select (array['Berlin', 'Hamburg', 'Paris', 'London', 'Wien', 'Bern', 'Tokyo', 'Boston', 'Utrecht', 'Lyon'])
        [1 + floor(10 * power(chance % 1000 / 1000.0, 2))::int] as city,
      (array[${streets.map((street) => `'${street}'`).join(', ')}])[1 + chance % 5] as street,
      (array[${streets.map((street) => `'${countryIndependentFindKeys({ line1: street }).line1}'`).join(', ')}])[1 + chance % 5] as street_key,
      1 + chance % 97 as number, (10000 + chance % 30000)::text as code) place
  where default_shipping_id is not null), order_made as (
  insert into "order" (tenant, id, customer_id, currency, gross, refunded, state, placed_at, version, created_at, updated_at)
  select tenant, 'order-' || substr(id, 6) || '-' || k, id, $8, total_spent / order_count + case when k = 1 then total_spent % order_count else 0 end,
    0, 'paid', at, 1, at, at
  from customer_made, generate_series(1, order_count) k,
    lateral (select date_trunc('milliseconds', created_at + (last_order_at - created_at) * (k::float8 / order_count)) as at) placed)
insert into membership (tenant, group_key, customer_id, source, added_at)
select tenant, g, id, 'manual', created_at from customer_made, unnest(group_keys) g`

/** What the trigger write_find_keys would have written. $1 tenant. */
export const fillFindKeys = `
insert into find_key (tenant, kind, value, customer_id)
select distinct c.tenant, split_part(made, ' ', 1), substr(made, strpos(made, ' ') + 1), c.id
from customer c, unnest(customer_find_keys(c)) made where c.tenant = $1`

/** What they were told of: that each was made, and each order, in the numbers that their sequence says. $1 tenant, $2 currency. */
export const fillEvents = `
insert into event (tenant, id, customer_id, sequence, type, data, actor, at)
select c.tenant, 'evt_' || substr(c.id, 6, 10) || substr(md5(c.id || told.sequence), 1, 16), c.id, told.sequence, told.type,
  jsonb_build_object('customerId', c.id, 'customer', event_customer_document(c)) || told.data, '{"type":"system","id":"fill"}', told.at
from customer c cross join lateral (
  select 1 as sequence, 'customer.created' as type, '{}'::jsonb as data, c.created_at as at
  union all
  select 1 + row_number() over (order by o.placed_at, o.id), 'customer.order_recorded',
    jsonb_build_object('order', order_document(o), 'orderCount', c.order_count, 'totalSpent', c.total_spent, 'currency', $2::text),
    o.placed_at
  from "order" o where o.tenant = c.tenant and o.customer_id = c.id
) told where c.tenant = $1`

/** The entries of lists, which triggers write otherwise. $1 tenant. */
export const fillListEntries = `
insert into list_entry (tenant, id, status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified)
select tenant, id, status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified
from entry_of_customer where tenant = $1`

export const fillGroups = `
insert into "group" (tenant, key, created_at, updated_at)
select $1, key, now(), now() from (select unnest(array['newsletter', 'wholesale', 'vip', 'staff', 'rare']) as key
  union all select 'g' || lpad(n::text, 3, '0') from generate_series(1, 200) n) k
on conflict do nothing`
