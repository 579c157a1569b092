import { expect, test, vi } from 'vitest'
import { addAddress, updateAddress } from '#core/address'
import { contextAt, customerRow } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'

// A broken unique index is a bug here: Postgres would log whose address it was.
vi.mock('#db/conflict', () => ({ conflicts: {} }))

const app = await startTestApp()

test('a twin is noticed before the index is broken', async () => {
  const customerId = await customerRow(app)
  const ctx = contextAt(app, new Date())
  const { value } = await addAddress(ctx, customerId, { line1: '1 Main St', country: 'AQ' })
  await addAddress(ctx, customerId, { line1: '2 Main St', country: 'AQ' })
  await addAddress(ctx, customerId, { line1: '2 MAIN ST', country: 'AQ' })
  await expect(updateAddress(ctx, customerId, value.id, { line1: '2, Main St.' })).rejects.toThrow(
    'address_exists',
  )
})
