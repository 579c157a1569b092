import { expect, test } from 'vitest'
import { freshDatabase } from '../support/database.ts'
import { scansOfAnyTenant, sqlFunctions, tablesOfTenants, withPlans } from '../support/plan.ts'

/** What works for a list of tenants begins with the rows of all that are due. */
const ofAll: Readonly<Record<string, readonly string[]>> = {
  list_due_endpoints: ['delivery'],
  purge_orphaned_deliveries: ['webhook'],
}

const database = await freshDatabase()
const functions = await withPlans(database, (client) => sqlFunctions(client))

test('there are functions for tenants', () => {
  expect(functions.length).toBeGreaterThan(150)
})

test('each scan of a function is limited to its tenant', async () => {
  const found = await withPlans(database, async (client) => {
    const tables = await tablesOfTenants(client)
    const scans: Record<string, readonly string[]> = {}
    for (const one of functions) {
      const unlimited = await scansOfAnyTenant(client, one, tables)
      if (unlimited.length > 0) scans[one.name.replace(/_[0-9a-f]{8}$/, '')] = unlimited
    }
    return scans
  })
  expect(found).toEqual(ofAll)
})
