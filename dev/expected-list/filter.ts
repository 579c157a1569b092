import { emailKey } from '../../src/core/customer/email.ts'
import { CustomerFilter } from '../../src/core/customer/filter.ts'
import { resolveMoment } from '../../src/core/customer/filter-moment.ts'
import { atCompany, hasPhone, hasPostalCode, inCity, inCountry, inStreet } from './address-test.ts'
import type { Customers } from './customers.ts'
import type { NumberColumn } from './number-and-text-column.ts'
import { passesAllTests, type Test, textTest } from './row-test.ts'
import { searchTest } from './search.ts'

type Given = { readonly [field in keyof CustomerFilter]-?: NonNullable<CustomerFilter[field]> }
/** What each field of a filter asks for. */
type Tests = { readonly [field in keyof Given]: (given: Given[field]) => Test }

const HIDDEN = ['merged', 'erased']

/**
 * A test of a customer by a filter, in the words of its description; each field by its name. What texts are folded to and how a search is
 * read are the service's rules; nothing is of its list. Nobody sees deleted customers.
 */
export function filterPredicates(
  customers: Customers,
  filter: CustomerFilter,
  now: Date,
): ReadonlyMap<string, Test> {
  const tests = makeTests(customers, filter.groupMode === 'all', now)
  const givens: { readonly [field in keyof Given]?: Given[field] | undefined } = filter
  const test = <Field extends keyof Given>(field: Field): [string, Test][] => {
    const given = givens[field]
    return given === undefined ? [] : [[field, tests[field](given)]]
  }
  const isShown = (status: string) => filter.status !== undefined || !HIDDEN.includes(status)
  return new Map([
    ['shown', textTest(customers.status, (one) => one !== 'deleted' && isShown(one))],
    ...CustomerFilter.keyof().options.flatMap(test),
  ])
}

function makeTests(customers: Customers, mustHaveAll: boolean, now: Date): Tests {
  const { orderCount, totalSpent, createdAt, updatedAt, lastOrderAt } = customers
  const micros = (text: string) => resolveMoment(text, now).getTime() * 1000
  const from =
    (column: NumberColumn, least: number): Test =>
    (row) =>
      column.at(row) >= least
  const upTo =
    (column: NumberColumn, most: number): Test =>
    (row) =>
      column.at(row) <= most
  const before =
    (column: NumberColumn, end: number): Test =>
    (row) =>
      column.at(row) < end
  const inGroup = (key: string) => (groups: string) => `\n${groups}\n`.includes(`\n${key}\n`)
  const inAny = (keys: readonly string[]) =>
    textTest(customers.groups, (groups) => keys.some((key) => inGroup(key)(groups)))
  return {
    id: (ids) => textTest(customers.id, (id) => ids.includes(id)),
    externalId: (id) => textTest(customers.externalId, (own) => own === id),
    email: (email) => textTest(customers.emailKey, (key) => key === emailKey(email)),
    orderId: (id) => (row) => customers.owners.get(id) === row,
    group: (keys) =>
      mustHaveAll
        ? textTest(customers.groups, (groups) => keys.every((key) => inGroup(key)(groups)))
        : inAny(keys),
    groupMode: () => () => true,
    groupNot: (keys) => {
      const isIn = inAny(keys)
      return (row) => !isIn(row)
    },
    q: (q) => searchTest(customers, q),
    status: (some) => {
      const names: readonly string[] = some
      return textTest(customers.status, (status) => names.includes(status))
    },
    emailVerified: (is) => (row) => (customers.emailVerified.at(row) === 1) === is,
    emailDomain: (domain) => {
      const isIt = textTest(customers.emailKey, (key) => key.endsWith(`@${domain}`))
      return (row) => customers.emailVerified.at(row) === 1 && isIt(row)
    },
    locale: (tag) => textTest(customers.locale, (own) => `${own}-`.startsWith(`${tag}-`)),
    consent: (consent) => {
      const [purpose = '', state = ''] = consent.split(':')
      return textTest(customers.consents, (text) => hasValues(text, { [purpose]: state }))
    },
    metadata: (wanted) => textTest(customers.metadata, (text) => hasValues(text, wanted)),
    phone: (phone) => hasPhone(customers, phone),
    country: (country) => inCountry(customers, country),
    city: (city) => inCity(customers, city),
    postalCode: (code) => hasPostalCode(customers, code),
    street: (street) => inStreet(customers, street),
    company: (company) => atCompany(customers, company),
    minOrders: (least) => from(orderCount, least),
    maxOrders: (most) => upTo(orderCount, most),
    hasOrders: (has) => (row) => orderCount.at(row) > 0 === has,
    minSpent: (least) => from(totalSpent, least),
    maxSpent: (most) => upTo(totalSpent, most),
    createdAfter: (text) => from(createdAt, micros(text)),
    createdBefore: (text) => before(createdAt, micros(text)),
    updatedAfter: (text) => from(updatedAt, micros(text)),
    updatedBefore: (text) => before(updatedAt, micros(text)),
    lastOrderAfter: (text) => from(lastOrderAt, micros(text)),
    lastOrderBefore: (text) => before(lastOrderAt, micros(text)),
  }
}

function hasValues(text: string, wanted: Readonly<Record<string, string>>): boolean {
  const values: Record<string, unknown> = JSON.parse(text)
  return Object.entries(wanted).every(([key, value]) => values[key] === value)
}

/** The rows of those who match, in an order. */
export const matchingRows = (order: Uint32Array, tests: ReadonlyMap<string, Test>): Uint32Array =>
  order.filter(passesAllTests([...tests.values()]))
