import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addAddress, UpdateAddress, updateAddress } from '#core/address'
import { Refusal } from '#kernel/error'
import { addressProblems } from '../../../src/core/address/address-problems.ts'
import { formatPostalCode } from '../../../src/core/address/postal-code.ts'
import { samenessOf } from '../../../src/core/address/sameness.ts'
import { findStateCode } from '../../../src/core/address/state.ts'
import { bookOf, contextAt, customerRow } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { runs } from '../../support/runs.ts'

const app = await startTestApp()

const rows = [
  { country: 'US', line1: '1 Main St', city: 'San Francisco', state: 'CA', postalCode: '94102' },
  { country: 'CA', line1: '1 King St', city: 'Ottawa', state: 'ON', postalCode: 'K1A 0B1' },
  { country: 'AU', line1: '1 Hay St', city: 'Perth', state: 'WA', postalCode: '6000' },
  { country: 'DE', line1: 'Torstraße 1', city: 'Berlin', state: 'Berlin', postalCode: '10119' },
  { country: 'LU', line1: 'Rue 1', city: 'Luxembourg', postalCode: 'L-1009' },
  { country: 'FR', line1: '1 rue', city: 'Paris', postalCode: '75001' },
  { country: 'HK', line1: '1 Road', state: 'Kowloon' },
  { country: 'JP', line1: '1-1', state: 'Tokyo', postalCode: '100-0001' },
  { country: 'AQ', line1: 'Camp 4' },
] as const

const change = fc.record(
  {
    country: fc.constantFrom(...rows.map(({ country }) => country), 'us', 'PR', 'IE'),
    state: fc.constantFrom('CA', 'california', 'WA', 'Ontario', 'Bayern', 'Kowloon', '', null),
    postalCode: fc.constantFrom(
      '94103-1234',
      '6001',
      'K1B 1B1',
      'k1a0b1',
      'L-1010',
      '1010',
      '75002',
      '１０００００１',
      '٩٤١٠٣',
      null,
    ),
    city: fc.constantFrom('Oakland', 'Esch', null),
    line1: fc.constantFrom('2 MAIN ST', '1/23', '12/3'),
    line2: fc.constantFrom('Apt 5', null),
    firstName: fc.constantFrom('José', 'Jose\u0301', null),
    lastName: fc.constantFrom('Doe', null),
    company: fc.constantFrom('ACME', null),
    phone: fc.constantFrom('+14155551234', null),
    label: fc.constantFrom('Home', null),
  },
  { requiredKeys: [] },
)

/** The whole address as it ought to be, put together by who can see it all. */
function whole(row: (typeof rows)[number], change: UpdateAddress) {
  const country = change.country ?? row.country
  const left = country === row.country ? {} : { state: null, postalCode: null }
  const given = Object.fromEntries(Object.entries(change).filter(([, v]) => v !== undefined))
  const address = { state: null, postalCode: null, city: null, ...row, ...left, ...given, country }
  return {
    ...address,
    state: findStateCode(country, address.state ?? '') ?? address.state,
    postalCode: address.postalCode && formatPostalCode(country, address.postalCode),
  }
}

const codes = (problems: readonly { path: string; code: string }[]) =>
  problems.map(({ path, code }) => `${path} ${code}`).sort()

const RUNS = runs(120, 3000)

test('a change is judged and compared in one trip as the whole address would be', async () => {
  const seen = { changed: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...rows), change, async (row, written) => {
      const customerId = await customerRow(app)
      const ctx = contextAt(app, app.runtime.now())
      const { value } = await addAddress(ctx, customerId, row)
      const change = UpdateAddress.parse(written)
      const expected = whole(row, change)
      const problems = addressProblems(expected)
      app.wire.reset()
      const outcome = await updateAddress(ctx, customerId, value.id, change).catch(
        (error: unknown) => error,
      )
      expect(app.wire.count().trips).toBe(1)
      const [kept] = (await bookOf(app, customerId)).addresses
      if (problems.length > 0) {
        seen.refused++
        if (!(outcome instanceof Refusal)) throw outcome
        expect(outcome.code).toBe('invalid_input')
        expect(codes(outcome.details.errors ?? [])).toEqual(codes(problems))
        expect(kept).toMatchObject({ version: 1, sameness: samenessOf(row) })
        return
      }
      seen.changed++
      expect(outcome).toMatchObject({ value: { ...expected, id: value.id } })
      expect(kept?.sameness).toBe(samenessOf(expected))
    }),
    { numRuns: RUNS },
  )
  expect(Math.min(seen.changed, seen.refused)).toBeGreaterThan(RUNS / 15)
})
