import { askedCity, askedPostalKeys, askedWords } from '#core/address'
import { type Fragment, raw, sql } from '#db/fragment'
import { addressColumns } from '#db/generated/column'
import { phoneEnding } from '#kernel/phone'
import type { CustomerFilter } from '../filter.ts'
import { type Condition, rowPasses, type Scope } from './condition.ts'
import {
  hasAddress,
  hasAddressWith,
  hasAnyKey,
  hasKeys,
  narrowed,
  type Start,
  starting,
  startSource,
  withKey,
} from './key.ts'
import { column, either, every } from './sql.ts'

/** Conditions of what the addresses of a customer have; each is met by any of them. Few customers meet the first ones. */
export function places(scope: Scope, filter: CustomerFilter): Condition[] {
  const { phone, postalCode, street, company, city } = filter
  return [
    ...(phone === undefined ? [] : [byPhone(scope, phone)]),
    ...(postalCode === undefined ? [] : [byPostalCode(scope, postalCode)]),
    ...(street === undefined ? [] : [byWords(scope, 'street', street)]),
    ...(company === undefined ? [] : [byWords(scope, 'company', company)]),
    ...(city === undefined ? [] : [inCity(scope, city)]),
  ]
}

/** Conditions of keys that many customers share. */
export function shares(
  scope: Scope,
  { metadata = {}, consent, country, emailDomain, locale }: CustomerFilter,
): Condition[] {
  return [
    ...withValues(scope, Object.entries(metadata)),
    ...(consent === undefined ? [] : [ownKey(scope, 'consent', consent, agrees(consent))]),
    ...(country === undefined ? [] : [withKey(scope, 'country', country)]),
    ...(emailDomain === undefined
      ? []
      : [ownKey(scope, 'domain', emailDomain, hasDomain(emailDomain))]),
    ...(locale === undefined ? [] : [ownKey(scope, 'locale', locale, speaks(locale))]),
  ]
}

type Value = readonly [key: string, value: string]

/** More sets of customers are not joined: the planner would take seconds for fifty. */
const MOST_SETS = 3

/** Values of the metadata: the first ones give the customers, the others are tested in their rows. */
function withValues(scope: Scope, values: readonly Value[]): Condition[] {
  const [first, others] = [values.slice(0, MOST_SETS), values.slice(MOST_SETS)]
  return [
    ...first.map((value) =>
      ownKey(scope, 'metadata', sql`metadata_find_key(${value[0]}, ${value[1]})`, has(value)),
    ),
    ...(others.length === 0 ? [] : [ownRow(scope, every(others.map(has)))]),
  ]
}

const has = ([key, value]: Value): Fragment => sql`${column('metadata', 's')} ->> ${key} = ${value}`

/** A test of the customer's own row. */
const ownRow = (scope: Scope, test: Fragment): Condition => ({
  holds: rowPasses(scope, test),
  reads: 'table',
  source: null,
  range: null,
})

/** A key of the customer's own row, which is tested where customers without keys are listed. */
const ownKey = (
  scope: Scope,
  kind: 'domain' | 'locale' | 'metadata' | 'consent',
  value: string | Fragment,
  test: Fragment,
): Condition => (hasKeys(scope) ? withKey(scope, kind, value) : ownRow(scope, test))

/** @param consent a purpose, a colon and a state. */
function agrees(consent: string): Fragment {
  const [purpose = '', state = ''] = consent.split(':')
  return sql`${column('consents', 's')} ->> ${purpose} = ${state}`
}

/** A key has one @. */
const hasDomain = (domain: string): Fragment =>
  sql`${column('emailVerifiedAt', 's')} is not null and split_part(${column('emailKey', 's')}, '@', 2) = ${domain}`

const speaks = (tag: string): Fragment =>
  sql`starts_with(${column('locale', 's')} || '-', ${`${tag}-`})`

const ends = (phone: Fragment, digits: string): Fragment =>
  sql`right(${phone}, ${digits.length}::int) = ${digits}`

export function byPhone(scope: Scope, written: string): Condition {
  const digits = phoneEnding(written)
  const own = rowPasses(scope, ends(column('phone', 's'), digits))
  const ofAddress = hasAddress(scope, ends(raw(`a.${addressColumns.phone}`), digits))
  return {
    holds: either([own, ofAddress]),
    reads: 'table',
    source: hasKeys(scope) ? startSource(scope, 'phone', starting([backwards(digits)])) : null,
    range: null,
  }
}

const backwards = (digits: string): string => [...digits].reverse().join('')

export function byPostalCode(scope: Scope, code: string): Condition {
  const { starts, wholes } = askedPostalKeys(code)
  const whole = wholes.map((text) => ({ text, isWhole: true }))
  return byStarts(scope, 'postalCode', [...starting(starts), ...whole])
}

const inCity = (scope: Scope, city: string): Condition =>
  byStarts(scope, 'city', starting(askedCity(city)))

/** An address has any of such keys in the field of that name. */
const byStarts = (
  scope: Scope,
  kind: 'city' | 'postalCode',
  starts: readonly Start[],
): Condition => ({
  holds: hasAddressWith(scope, [kind], hasAnyKey(kind, starts)),
  reads: 'table',
  source: startSource(scope, kind, starts),
  range: null,
})

const fieldsOf = { street: ['line1', 'line2'], company: ['company'] } as const

function byWords(scope: Scope, kind: 'street' | 'company', text: string): Condition {
  const { ways, starts, isOne } = askedWords(kind, text)
  const tests = ways.map((tokens) => every(tokens.map((token) => hasAnyKey(kind, starting(token)))))
  return {
    holds: hasAddressWith(scope, fieldsOf[kind], either(tests)),
    reads: 'table',
    source: starts.map((some) => startSource(scope, kind, starting(some), isOne)).reduce(narrowed),
    range: null,
  }
}
