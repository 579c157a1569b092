import { readCitySearch, readPostalCodeSearch, readWordSearch } from '#core/address'
import { type Fragment, rawFragment, sqlFragment } from '#db/fragment'
import { addressColumns } from '#db/generated/column'
import { phoneEnding } from '#kernel/phone'
import type { CustomerFilter } from '../filter.ts'
import { type Condition, customerRowMeets, type ListScope } from './condition.ts'
import {
  conditionOfFindKey,
  hasAddressWithKeys,
  hasAnyKey,
  hasMatchingAddress,
  hasOnlyListedCustomers,
  intersectedSource,
  type KeyStart,
  keyStartSource,
  toKeyStarts,
} from './find-key-sql.ts'
import { columnFragment, either, every } from './sql.ts'

/** Conditions of what the addresses of a customer have; each is met by any of them. Few customers meet the first ones. */
export function addressConditions(scope: ListScope, filter: CustomerFilter): Condition[] {
  const { phone, postalCode, street, company, city } = filter
  return [
    ...(phone === undefined ? [] : [phoneCondition(scope, phone)]),
    ...(postalCode === undefined ? [] : [postalCodeCondition(scope, postalCode)]),
    ...(street === undefined ? [] : [byWords(scope, 'street', street)]),
    ...(company === undefined ? [] : [byWords(scope, 'company', company)]),
    ...(city === undefined ? [] : [inCity(scope, city)]),
  ]
}

/** Conditions of keys that many customers share. */
export function conditionsOfFrequentFindKeys(
  scope: ListScope,
  { metadata = {}, consent, country, emailDomain, locale }: CustomerFilter,
): Condition[] {
  return [
    ...withValues(scope, Object.entries(metadata)),
    ...(consent === undefined ? [] : [ownKey(scope, 'consent', consent, agrees(consent))]),
    ...(country === undefined ? [] : [conditionOfFindKey(scope, 'country', country)]),
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
function withValues(scope: ListScope, values: readonly Value[]): Condition[] {
  const [first, others] = [values.slice(0, MOST_SETS), values.slice(MOST_SETS)]
  return [
    ...first.map((value) =>
      ownKey(
        scope,
        'metadata',
        sqlFragment`metadata_find_key(${value[0]}, ${value[1]})`,
        has(value),
      ),
    ),
    ...(others.length === 0 ? [] : [ownRow(scope, every(others.map(has)))]),
  ]
}

const has = ([key, value]: Value): Fragment =>
  sqlFragment`${columnFragment('metadata', 's')} ->> ${key} = ${value}`

/** A test of the customer's own row. */
const ownRow = (scope: ListScope, test: Fragment): Condition => ({
  holds: customerRowMeets(scope, test),
  reads: 'table',
  source: null,
  range: null,
})

/** A key of the customer's own row, which is tested where customers without keys are listed. */
const ownKey = (
  scope: ListScope,
  kind: 'domain' | 'locale' | 'metadata' | 'consent',
  value: string | Fragment,
  test: Fragment,
): Condition =>
  hasOnlyListedCustomers(scope) ? conditionOfFindKey(scope, kind, value) : ownRow(scope, test)

/** @param consent a purpose, a colon and a state. */
function agrees(consent: string): Fragment {
  const [purpose = '', state = ''] = consent.split(':')
  return sqlFragment`${columnFragment('consents', 's')} ->> ${purpose} = ${state}`
}

/** A key has one @. */
const hasDomain = (domain: string): Fragment =>
  sqlFragment`${columnFragment('emailVerifiedAt', 's')} is not null and split_part(${columnFragment('emailKey', 's')}, '@', 2) = ${domain}`

const speaks = (tag: string): Fragment =>
  sqlFragment`starts_with(${columnFragment('locale', 's')} || '-', ${`${tag}-`})`

const ends = (phone: Fragment, digits: string): Fragment =>
  sqlFragment`right(${phone}, ${digits.length}::int) = ${digits}`

export function phoneCondition(scope: ListScope, written: string): Condition {
  const digits = phoneEnding(written)
  const own = customerRowMeets(scope, ends(columnFragment('phone', 's'), digits))
  const ofAddress = hasMatchingAddress(
    scope,
    ends(rawFragment(`a.${addressColumns.phone}`), digits),
  )
  return {
    holds: either([own, ofAddress]),
    reads: 'table',
    source: hasOnlyListedCustomers(scope)
      ? keyStartSource(scope, 'phone', toKeyStarts([backwards(digits)]))
      : null,
    range: null,
  }
}

const backwards = (digits: string): string => [...digits].reverse().join('')

export function postalCodeCondition(scope: ListScope, code: string): Condition {
  const { starts, wholes } = readPostalCodeSearch(code)
  const whole = wholes.map((text) => ({ text, isWhole: true }))
  return byStarts(scope, 'postalCode', [...toKeyStarts(starts), ...whole])
}

const inCity = (scope: ListScope, city: string): Condition =>
  byStarts(scope, 'city', toKeyStarts(readCitySearch(city)))

/** An address has any of such keys in the field of that name. */
const byStarts = (
  scope: ListScope,
  kind: 'city' | 'postalCode',
  starts: readonly KeyStart[],
): Condition => ({
  holds: hasAddressWithKeys(scope, [kind], hasAnyKey(kind, starts)),
  reads: 'table',
  source: keyStartSource(scope, kind, starts),
  range: null,
})

const fieldsOf = { street: ['line1', 'line2'], company: ['company'] } as const

function byWords(scope: ListScope, kind: 'street' | 'company', text: string): Condition {
  const { ways, starts, isOne } = readWordSearch(kind, text)
  const tests = ways.map((tokens) =>
    every(tokens.map((token) => hasAnyKey(kind, toKeyStarts(token)))),
  )
  return {
    holds: hasAddressWithKeys(scope, fieldsOf[kind], either(tests)),
    reads: 'table',
    source: starts
      .map((some) => keyStartSource(scope, kind, toKeyStarts(some), isOne))
      .reduce(intersectedSource),
    range: null,
  }
}
