import { expect, test } from 'vitest'
import { formatPostalCode, isPlausiblePostalCode } from '../../../src/core/address/postal-code.ts'

test.each([
  ['US', 'CA 94103', '94103'],
  ['US', 'CA94103-1234', '94103-1234'],
  ['US', '94103 CA', '94103'],
  ['US', 'US-NY 10001', '10001'],
  ['US', 'California 94103', '94103'],
  ['AU', 'NSW 2000', '2000'],
  ['AU', 'nsw-2000', '2000'],
  ['AU', '3000 VIC', '3000'],
  ['CA', 'ON M5V 2T6', 'M5V 2T6'],
  ['CA', 'H2X 1Y4, QC', 'H2X 1Y4'],
  ['CA', 'K1A 0B1', 'K1A 0B1'],
])('in %s a state beside the postal code is not a part of it: %s', (country, written, is) => {
  expect(isPlausiblePostalCode(country, written)).toBe(true)
  expect(formatPostalCode(country, written)).toBe(is)
  expect(formatPostalCode(country, is)).toBe(is)
})

test.each([
  ['US', 'XX 94103'],
  ['US', 'NSW 94103'],
  ['US', 'CA 9410'],
  ['AU', 'CA 2000'],
  ['CA', 'ON 5V2T6'],
  ['US', 'CA'],
  ['FR', '75008 CEDEX 08'],
])('in %s another word beside it, or an incomplete code, is refused: %s', (country, written) => {
  expect(isPlausiblePostalCode(country, written)).toBe(false)
})
