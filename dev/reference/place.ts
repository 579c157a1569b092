import { askedPostalKeys, askedWords, cityKey } from '#core/address'
import { phoneEnding } from '#kernel/phone'
import type { Texts } from './column.ts'
import type { Customers } from './customers.ts'
import { all, any, type Test, textTest } from './test.ts'

/** Whether any address of a customer passes a test. */
const atHome =
  ({ addresses }: Customers, test: Test): Test =>
  (row) =>
    addresses.some(row, test)

/** Whether any key of a kind begins with a text. */
const begins = (keys: Texts, kind: string, start: string): Test =>
  textTest(keys, (lines) => `\n${lines}`.includes(`\n${kind} ${start}`))

export const inCountry = (customers: Customers, country: string): Test =>
  atHome(
    customers,
    textTest(customers.addresses.country, (of) => of === country),
  )

export const inCity = (customers: Customers, city: string): Test =>
  atHome(customers, begins(customers.addresses.cityKeys, 'city', cityKey(city)))

export const hasPostalCode = (customers: Customers, code: string): Test =>
  atHome(
    customers,
    any(
      askedPostalKeys(code).map((key) => begins(customers.addresses.postalKeys, 'postalCode', key)),
    ),
  )

/** All words are of one address. */
export const inStreet = (customers: Customers, street: string): Test =>
  atHome(
    customers,
    all(askedWords(street).map((word) => begins(customers.addresses.streetKeys, 'street', word))),
  )

export const atCompany = (customers: Customers, company: string): Test =>
  atHome(
    customers,
    all(
      askedWords(company).map((word) => begins(customers.addresses.companyKeys, 'company', word)),
    ),
  )

/** The customer's own phone, or one of an address. */
export function hasPhone(customers: Customers, written: string): Test {
  const digits = phoneEnding(written)
  const ends = (phone: string) => phone.endsWith(digits)
  const own = textTest(customers.phone, ends)
  return any([own, atHome(customers, textTest(customers.addresses.phone, ends))])
}
