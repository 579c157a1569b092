import { hasUnspacedScript } from '../../src/core/customer/name-key.ts'
import {
  readSearchKeys,
  type SearchKeyReading,
} from '../../src/core/customer/search-key-reading.ts'
import { readSearch } from '../../src/core/customer/search-text-reading.ts'
import { hasPhone, hasPostalCode } from './address-test.ts'
import type { Customers } from './customers.ts'
import { passesAllTests, passesAnyTest, type Test, textTest } from './row-test.ts'

/** Whether a search text, as it is typed, finds a customer: by the name, the e-mail address, an order, a phone or a postal code. */
export const searchTest = (customers: Customers, q: string): Test =>
  passesAnyTest([
    named(customers, q),
    ...readSearch(q).emails.map((start) =>
      textTest(customers.emailKey, (key) => key.startsWith(start)),
    ),
    ...readSearchKeys(q).map((reading) => hasKey(customers, reading)),
  ])

/** All words, in one of the ways to read them, begin words of the name. */
function named(customers: Customers, text: string): Test {
  const { names } = readSearch(text)
  const isJoint = names.flat().some(hasUnspacedScript)
  const begun = (word: string): Test => {
    const begins = (words: string) => ` ${words}`.includes(` ${word}`)
    const inOne = [customers.firstNameKey, customers.lastNameKey].map((key) =>
      textTest(key, begins),
    )
    return passesAnyTest(
      isJoint ? [...inOne, (row) => jointNames(customers, row).some(begins)] : inOne,
    )
  }
  return passesAnyTest(names.map((words) => passesAllTests(words.map(begun))))
}

/** Both names without spaces, in both orders. */
function jointNames({ firstNameKey, lastNameKey }: Customers, row: number): string[] {
  const [first = '', last = ''] = [firstNameKey, lastNameKey].map((key) =>
    (key.at(row) ?? '').replace(/ {2}.*/, '').replaceAll(' ', ''),
  )
  return [`${first}${last}`, `${last}${first}`]
}

function hasKey(customers: Customers, reading: SearchKeyReading): Test {
  const { kind, text } = reading
  if (kind === 'orderId') return (row) => customers.owners.get(text) === row
  const isIt = kind === 'phone' ? hasPhone(customers, text) : hasPostalCode(customers, text)
  return reading.name === null ? isIt : passesAllTests([isIt, named(customers, reading.name)])
}
