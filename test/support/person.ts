import fc from 'fast-check'
import type { CustomerFilter, CustomerSort } from '#core/customer'
import { newId } from '#kernel/id'
import { addressFindKeys } from '../../src/core/address/find-keys.ts'
import { emailKey } from '../../src/core/customer/email.ts'
import { resolveMoment } from '../../src/core/customer/filter-moment.ts'
import { hasUnspacedScript, nameKey } from '../../src/core/customer/name-key.ts'
import { readSearch } from '../../src/core/customer/search-text-reading.ts'
import { query } from './rows.ts'
import { type Named, wrongWords } from './typo.ts'

const day = 86_400_000
const start = Date.parse('2026-01-01T00:00:00Z')

/** Few of each, so that there are ties, and filters that hold for some. */
const moment = fc
  .tuple(fc.nat({ max: 4 }), fc.nat({ max: 1 }))
  .map(([days, ms]) => new Date(start + days * day + ms))
const name = fc.constantFrom(
  null,
  'Anna',
  'Ana María',
  'José',
  'JÜRGEN',
  '明',
  "O'Brien",
  'de la Cruz',
  'Ben-Ami',
  'Łukasz',
  '-',
  'anna b',
  'a',
  '𝒜da',
)
const phone = fc.constantFrom(null, null, '+493012344567', '+4415223344567')
const place = fc.record({
  country: fc.constantFrom('US', 'DE', 'DE'),
  city: fc.constantFrom(null, 'Berlin', 'Bern', 'Sankt-Ansgar'),
  postalCode: fc.constantFrom(null, '10115', '101 1', 'SW1A 1AA'),
  line1: fc.constantFrom('Hauptstr. 5', '51 Haupt', 'Am Ring 15-17'),
  line2: fc.constantFrom(null, 'Floor 5'),
  company: fc.constantFrom(null, null, 'Acme & Sons', 'Sonsbeck'),
  phone,
})
const status = fc.constantFrom(
  'guest',
  'unverified',
  'active',
  'active',
  'active',
  'disabled',
  'merged',
  'erased',
  'deleted',
)

export const groupKeys = ['few', 'many', 'some'] as const

export const persons = fc.record({
  createdAt: moment,
  updatedAt: moment,
  lastOrderAt: fc.option(moment),
  orderCount: fc.nat({ max: 3 }),
  totalSpent: fc.constantFrom(0, 100, 2500, 5_000_000_000),
  firstName: name,
  lastName: name,
  places: fc.array(place, { maxLength: 2 }),
  phone,
  status,
  mailbox: fc.constantFrom('anna', 'Ben', 'a_b', '50%', 'ß', 'anna.b'),
  domain: fc.constantFrom('example.com', 'example.com', 'sub.example.com', 'bücher.example'),
  verifiedAt: fc.option(moment),
  locale: fc.constantFrom(null, 'de', 'de-AT', 'den', 'en-US'),
  metadata: fc.record(
    { tier: fc.constantFrom('gold', 'Gold', ''), 'price-list': fc.constantFrom('b2b', '100%') },
    { requiredKeys: [] },
  ),
  consents: fc.record(
    {
      marketing: fc.constantFrom('granted', 'pending', 'withdrawn'),
      terms: fc.constantFrom('granted', 'withdrawn'),
    },
    { requiredKeys: [] },
  ),
  groups: fc.record({
    few: fc.nat({ max: 9 }).map((n) => n === 0),
    many: fc.nat({ max: 9 }).map((n) => n > 1),
    some: fc.boolean(),
  }),
})
type Person = typeof persons extends fc.Arbitrary<infer P> ? P : never

/** Makes them customers of the tenant; their ids, in no order. */
export async function settle(tenant: string, people: readonly Person[]): Promise<string[]> {
  await query(
    `insert into "group" (tenant, key, created_at, updated_at) select $1, unnest($2::text[]), now(), now() on conflict do nothing`,
    [tenant, groupKeys],
  )
  const rows = people.map((person, i) => ({
    ...person,
    ...ordersOf(person),
    ...identityOf(person, i),
    ...homesOf(person),
  }))
  await query(
    `with made as (insert into customer (tenant, id, external_id, email, email_key, first_name, last_name, first_name_key, last_name_key, status,
       order_count, total_spent, last_order_at, last_order_key, merged_into, created_at, updated_at, email_verified_at, locale, metadata, consents, phone,
       default_shipping_id, default_billing_id)
     select $1, p.id, p."externalId", p.email, p."emailKey", p."firstName", p."lastName", p."firstNameKey", p."lastNameKey", p.status,
       p."orderCount", p."totalSpent", p."lastOrderAt", coalesce(p."lastOrderAt", '-infinity'),
       case when p.status = 'merged' then p.id end, p."createdAt", p."updatedAt", p."verifiedAt", p.locale, p.metadata, p.consents, p.phone, p.places -> 0 ->> 'id', p.places -> 0 ->> 'id'
     from jsonb_to_recordset($2::jsonb) p(id text, "externalId" text, email text, "emailKey" text, "firstName" text, "lastName" text,
       "firstNameKey" text, "lastNameKey" text, status text, "orderCount" int, "totalSpent" bigint,
       "lastOrderAt" timestamptz, "createdAt" timestamptz, "updatedAt" timestamptz, "verifiedAt" timestamptz, locale text, metadata jsonb, consents jsonb, phone text, places jsonb)),
     housed as (insert into address (tenant, id, customer_id, country, city, postal_code, line1, line2, company, phone, sameness, keys,
       created_at, updated_at)
     select $1, a.id, p.id, a.country, a.city, a."postalCode", a.line1, a.line2, a.company, a.phone, a.id, a.keys, now(), now()
     from jsonb_to_recordset($2::jsonb) p(id text, places jsonb), jsonb_to_recordset(p.places) a(id text, country text, city text,
       "postalCode" text, line1 text, line2 text, company text, phone text, keys jsonb))
     insert into "order" (tenant, id, customer_id, currency, gross, refunded, state, placed_at, version, created_at, updated_at)
     select $1, 'o' || p.n, p.id, 'USD', 0, 0, 'canceled', now(), 1, now(), now()
     from jsonb_to_recordset($2::jsonb) p(id text, n int) where p.n % 5 = 0`,
    [tenant, JSON.stringify(rows)],
  )
  // Who is not listed is in no group.
  const memberships = rows.flatMap(({ id, status, groups }) =>
    ['merged', 'erased', 'deleted'].includes(status)
      ? []
      : groupKeys.filter((key) => groups[key]).map((key) => ({ id, key })),
  )
  await query(
    `insert into membership (tenant, group_key, customer_id, source, added_at)
     select $1, m.key, m.id, 'manual', now() from jsonb_to_recordset($2::jsonb) m(id text, key text)`,
    [tenant, JSON.stringify(memberships)],
  )
  return rows.map(({ id }) => id)
}

/** Without an order nothing is spent, and none is the last. */
function ordersOf({ orderCount, totalSpent, lastOrderAt, createdAt }: Person) {
  return orderCount === 0
    ? { totalSpent: 0, lastOrderAt: null }
    : { totalSpent, lastOrderAt: lastOrderAt ?? createdAt }
}

function identityOf({ createdAt, mailbox, domain, firstName, lastName }: Person, i: number) {
  const email = `${mailbox}${i}@${domain}`
  return {
    id: newId('customer', createdAt),
    n: i,
    externalId: i % 2 ? `x${i}` : null,
    email,
    emailKey: emailKey(email),
    firstNameKey: nameKey(firstName),
    lastNameKey: nameKey(lastName),
  }
}

/** Who is not listed any more has no address. */
function homesOf({ places, status }: Person) {
  const isListed = !['merged', 'erased', 'deleted'].includes(status)
  const homes = isListed
    ? places.map((home) => ({
        ...home,
        id: newId('address', new Date()),
        keys: addressFindKeys(home),
      }))
    : []
  return { places: homes }
}

const columns: Readonly<Record<string, string>> = {
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  totalSpent: 'case when order_count > 0 then total_spent else -1 end',
  orderCount: 'order_count',
  lastOrderAt: 'last_order_at',
  firstName: "nullif(first_name_key, '')",
  lastName: "nullif(last_name_key, '')",
  email: 'email_key',
}

/**
 * The ids that a list is to have, in order: those who match the filter or, if there is none, those whom its search may mean with typos and
 * who match the rest of it.
 */
export async function listed(
  tenant: string,
  filter: CustomerFilter,
  sort: CustomerSort,
  now: Date,
): Promise<string[]> {
  const { q, ...rest } = filter
  const matching = await selected(tenant, filter, sort, now)
  if (matching.length > 0 || q === undefined || q.includes('@')) return matching.map(({ id }) => id)
  const others = await selected(tenant, rest, sort, now)
  const beside = numberBeside(q)
  const having = beside === null ? [] : await selected(tenant, rest, sort, now, beside.number)
  const guesses = others.map((person) => {
    const hasNumber = having.some(({ id }) => id === person.id)
    const wrong = [
      wrongWords(q, person),
      beside !== null && hasNumber ? wrongWords(beside.name, person) : null,
    ].filter((one) => one !== null)
    return { id: person.id, wrong: Math.min(...wrong) }
  })
  return guesses
    .filter(({ wrong }) => Number.isFinite(wrong))
    .sort((a, b) => a.wrong - b.wrong)
    .map(({ id }) => id)
}

/** The customers of whom the filter is true, word by word, over the columns that a reader sees. @param number what they have, too. */
async function selected(
  tenant: string,
  filter: CustomerFilter,
  sort: CustomerSort,
  now: Date,
  number?: string,
): Promise<(Named & { readonly id: string })[]> {
  const values: unknown[] = [tenant]
  const value = (given: unknown) => `$${values.push(given)}`
  const at = (text: string) => `${value(resolveMoment(text, now).toISOString())}::timestamptz`
  const tests: Readonly<Record<string, (given: never) => string>> = {
    id: (ids: string[]) => `id = any(${value(ids)})`,
    externalId: (id: string) => `external_id = ${value(id)}`,
    email: (email: string) => `email_key = ${value(emailKey(email))}`,
    group: (keys: string[]) =>
      `group_keys ${filter.groupMode === 'all' ? '@>' : '&&'} ${value(keys)}::text[]`,
    groupMode: () => 'true',
    groupNot: (keys: string[]) => `not group_keys && ${value(keys)}::text[]`,
    hasOrders: (has: boolean) => (has ? 'order_count > 0' : 'order_count = 0'),
    emailVerified: (is: boolean) => `email_verified_at is ${is ? 'not ' : ''}null`,
    emailDomain: (domain: string) =>
      `email_verified_at is not null and email_key like ${value(`%@${domain}`)}`,
    locale: (tag: string) => `(locale = ${value(tag)} or locale like ${value(`${tag}-%`)})`,
    consent: (consent: string) =>
      `consents @> ${value(JSON.stringify(Object.fromEntries([consent.split(':')])))}::jsonb`,
    metadata: (wanted: object) => `metadata @> ${value(JSON.stringify(wanted))}::jsonb`,
    q: (q: string) => searchTest(q, value),
    status: (some: string[]) => `status = any(${value(some)})`,
    country: (country: string) => atHome(`a.country = ${value(country)}`),
    city: (city: string) =>
      atHome(`replace(lower(a.city), '-', ' ') like ${value(`${city.toLowerCase()}%`)}`),
    postalCode: (code: string) => hasCode(code, value),
    street: (street: string) => inWords(`a.line1 || ' ' || coalesce(a.line2, '')`, street, value),
    company: (company: string) => inWords('a.company', company, value),
    phone: (written: string) => endsPhone(written, value),
    orderId: (id: string) => ordered(id, value),
    minOrders: (n: number) => `order_count >= ${value(n)}`,
    maxOrders: (n: number) => `order_count <= ${value(n)}`,
    minSpent: (n: number) => `total_spent >= ${value(n)}`,
    maxSpent: (n: number) => `total_spent <= ${value(n)}`,
    createdAfter: (text: string) => `created_at >= ${at(text)}`,
    createdBefore: (text: string) => `created_at < ${at(text)}`,
    updatedAfter: (text: string) => `updated_at >= ${at(text)}`,
    updatedBefore: (text: string) => `updated_at < ${at(text)}`,
    lastOrderAfter: (text: string) => `last_order_at >= ${at(text)}`,
    lastOrderBefore: (text: string) => `last_order_at < ${at(text)}`,
  }
  const where = Object.entries(filter).map(
    ([field, given]) => tests[field]?.(given as never) ?? 'false',
  )
  if (number !== undefined) where.push(`(${numberTests(number, value).join(' or ')})`)
  const shown = filter.status === undefined ? ["status not in ('merged', 'erased', 'deleted')"] : []
  const [field = '', direction] = sort.split(':')
  return await query(
    `select id, first_name_key as "firstKey", last_name_key as "lastKey", spelled_words(first_name_key, last_name_key, name_words(first_name_key, last_name_key)) as spelled
     from customer where ${['tenant = $1', ...shown, ...where].join(' and ')}
     order by ${columns[field]} ${direction} nulls last, id ${direction}`,
    values,
  )
}

type Value = (given: unknown) => string

const atHome = (test: string): string =>
  `exists (select from address a where a.tenant = customer.tenant and a.customer_id = customer.id and ${test})`

const hasCode = (code: string, value: Value): string =>
  atHome(
    `lower(replace(a.postal_code, ' ', '')) like ${value(`${code.replace(/\W/g, '').toLowerCase()}%`)}`,
  )

const inWords = (text: string, asked: string, value: Value): string =>
  atHome(
    asked
      .toLowerCase()
      .split(' ')
      .map((word) => `lower(${text}) ~ ${value(`(^|[^a-z0-9])${word}`)}`)
      .join(' and '),
  )

function endsPhone(written: string, value: Value): string {
  const ends = (phone: string) => `${phone} like ${value(`%${written.replace(/\D/g, '')}`)}`
  return `(${ends('phone')} or ${atHome(ends('a.phone'))})`
}

const ordered = (id: string, value: Value): string =>
  `exists (select from "order" o where o.tenant = customer.tenant and o.id = ${value(id)} and o.customer_id = customer.id)`

/** The number before, behind or between the words of a name, as tests have them. */
function numberBeside(q: string): { readonly name: string; readonly number: string } | null {
  const [, before = '', number, behind = ''] = /^([a-zé ]*?) ?\b(o?\d+) ?([a-zé ]*)$/.exec(q) ?? []
  const name = `${before} ${behind}`.trim()
  return number === undefined || name === '' ? null : { name, number }
}

/** What a number is, of those that are asked in tests. */
const numberTests = (number: string, value: Value): string[] => [
  ordered(number, value),
  hasCode(number, value),
  ...(/^\d{4}/.test(number) ? [endsPhone(number, value)] : []),
]

/** What a search text may be besides a name and an e-mail address, of those that are asked in tests. */
function besidesTests(q: string, value: Value): string[] {
  const beside = numberBeside(q)
  if (beside === null) return /^o?\d+$/.test(q) ? numberTests(q, value) : []
  const named = beside.name
    .split(' ')
    .map((word) => `(first_name_key || ' ' || last_name_key) ~ ${value(`(^| )${word}`)}`)
  return [`${named.join(' and ')} and (${numberTests(beside.number, value).join(' or ')})`]
}

function searchTest(q: string, value: (given: unknown) => string): string {
  const { names, emails } = readSearch(q)
  const joint = (key: string) => `replace(split_part(${key}_name_key, '  ', 1), ' ', '')`
  const joints = `array[${joint('last')} || ${joint('first')}, ${joint('first')} || ${joint('last')}]`
  const apart = `string_to_array(first_name_key || ' ' || last_name_key, ' ')`
  const all = names.flat().some(hasUnspacedScript) ? `${apart} || ${joints}` : apart
  const begun = (word: string) =>
    `exists (select from unnest(${all}) w where starts_with(w, ${value(word)}))`
  const inNames = names.map((words) => `(${words.map(begun).join(' and ')})`)
  const inEmail = emails.map((start) => `starts_with(email_key, ${value(start)})`)
  return `(${['false', ...inNames, ...inEmail, ...besidesTests(q, value)].join(' or ')})`
}
