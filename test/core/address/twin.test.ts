import { afterAll, expect, test } from 'vitest'
import { addAddress, updateAddress } from '#core/address'
import { constraintRefusals } from '#db/constraint-refusals'
import { contextAt, customerRow } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'

// A broken unique index is a bug here: Postgres would log whose address it was.
const meanings = { ...constraintRefusals }
for (const index of Object.keys(meanings))
  delete (constraintRefusals as Record<string, string>)[index]
afterAll(() => void Object.assign(constraintRefusals, meanings))

const app = await startTestApp()

test('a twin is noticed before the index is broken', async () => {
  const customerId = await customerRow(app)
  const ctx = contextAt(app, app.runtime.now())
  const { value } = await addAddress(ctx, customerId, { line1: '1 Main St', country: 'AQ' })
  await addAddress(ctx, customerId, { line1: '2 Main St', country: 'AQ' })
  await addAddress(ctx, customerId, { line1: '2 MAIN ST', country: 'AQ' })
  await expect(updateAddress(ctx, customerId, value.id, { line1: '2, Main St.' })).rejects.toThrow(
    'address_exists',
  )
})
