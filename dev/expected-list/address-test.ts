import { readCitySearch, readPostalCodeSearch, readWordSearch } from '#core/address'
import { phoneEnding } from '#kernel/phone'
import type { Customers } from './customers.ts'
import type { TextColumn } from './number-and-text-column.ts'
import { passesAllTests, passesAnyTest, type Test, textTest } from './row-test.ts'

/** Whether any address of a customer passes a test. */
const atHome =
  ({ addresses }: Customers, test: Test): Test =>
  (row) =>
    addresses.some(row, test)

/** Whether any key of a kind begins with any of some texts. */
const begins = (keys: TextColumn, kind: string, starts: readonly string[]): Test =>
  textTest(keys, (lines) => starts.some((start) => `\n${lines}`.includes(`\n${kind} ${start}`)))

/** Whether any key of a kind is one of some texts. */
const has = (keys: TextColumn, kind: string, texts: readonly string[]): Test =>
  textTest(keys, (lines) => texts.some((text) => `\n${lines}\n`.includes(`\n${kind} ${text}\n`)))

export const inCountry = (customers: Customers, country: string): Test =>
  atHome(
    customers,
    textTest(customers.addresses.country, (of) => of === country),
  )

export const inCity = (customers: Customers, city: string): Test =>
  atHome(customers, begins(customers.addresses.cityKeys, 'city', readCitySearch(city)))

export function hasPostalCode(customers: Customers, code: string): Test {
  const { postalKeys } = customers.addresses
  const { starts, wholes } = readPostalCodeSearch(code)
  return atHome(
    customers,
    passesAnyTest([
      begins(postalKeys, 'postalCode', starts),
      has(postalKeys, 'postalCode', wholes),
    ]),
  )
}

/** All words are of one address. */
export const inStreet = (customers: Customers, street: string): Test =>
  atHome(customers, hasWords(customers.addresses.streetKeys, 'street', street))

export const atCompany = (customers: Customers, company: string): Test =>
  atHome(customers, hasWords(customers.addresses.companyKeys, 'company', company))

const hasWords = (keys: TextColumn, kind: 'street' | 'company', text: string): Test =>
  passesAnyTest(
    readWordSearch(kind, text).ways.map((tokens) =>
      passesAllTests(tokens.map((token) => begins(keys, kind, token))),
    ),
  )

/** The customer's own phone, or one of an address. */
export function hasPhone(customers: Customers, written: string): Test {
  const digits = phoneEnding(written)
  const ends = (phone: string) => phone.endsWith(digits)
  const own = textTest(customers.phone, ends)
  return passesAnyTest([own, atHome(customers, textTest(customers.addresses.phone, ends))])
}
