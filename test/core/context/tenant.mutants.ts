import { readFileSync, writeSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import {
  type Dropped,
  droppedTenantConditionsOrLocks,
  functionNameOf,
  mutatedFunction,
} from '../../../dev/mutants/dropped-tenant-condition-or-lock.ts'
import { withConnection } from '../../../dev/with-connection.ts'
import { freshDatabase, withFreshDatabase } from '../../support/database.ts'
import { scansOfAnyTenant, sqlFunctions, tablesOfTenants, withPlans } from '../../support/plan.ts'
import { type Seen, seeShop, seeShopBesideTwins } from '../../support/seen.ts'

/** The names of the conditions to drop, one a line. */
const chosen = new Set(readFileSync(String(process.env.MUTANTS), 'utf8').split('\n'))

const whole = await seeShop(await freshDatabase())
const planned = await freshDatabase()
const missed: string[] = []
for (const one of droppedTenantConditionsOrLocks('tenants').filter(({ name }) =>
  chosen.has(name),
)) {
  const noticed =
    (await findScan(one)) ?? (await withFreshDatabase((database) => findWhatNotices(database, one)))
  if (noticed === null) missed.push(one.name)
  // Vitest would keep it until the end.
  writeSync(1, `| ${one.name} | ${noticed ?? 'nothing'} |\n`)
}

/** The table that a function then scans without a tenant; null for one in PL/pgSQL, and where another condition says the same. */
function findScan(one: Dropped): Promise<string | null> {
  return withPlans(planned, async (client) => {
    const tables = await tablesOfTenants(client)
    const name = functionNameOf(one)
    const scans = async () => {
      const found = []
      for (const made of await sqlFunctions(client, name)) {
        found.push(...(await scansOfAnyTenant(client, made, tables)))
      }
      return found
    }
    const before = await scans()
    await client.query('begin')
    try {
      await client.query(mutatedFunction(one))
      const after = await scans()
      return after.length > before.length ? `a scan of ${after.at(-1)}` : null
    } finally {
      await client.query('rollback')
    }
  })
}

/** What differs beside a tenant that has the same keys, when a condition on the tenant is dropped. */
async function findWhatNotices(database: string, one: Dropped): Promise<string | null> {
  await withConnection(database, (client) => client.query(mutatedFunction(one)))
  try {
    return difference(await seeShopBesideTwins(database, whole))
  } catch (error) {
    return String(error).split('\n')[0] ?? ''
  }
}

function difference(beside: Seen): string | null {
  const at = whole.answers.findIndex((one, i) => !isDeepStrictEqual(one, beside.answers[i]))
  if (at >= 0) return `answer ${at}`
  const table = whole.rows.find((one) => {
    const twin = beside.rows.find(({ when, table }) => when === one.when && table === one.table)
    return !isDeepStrictEqual(twin?.rows, one.rows)
  })
  if (table !== undefined) return `the rows in ${table.table} ${table.when}`
  if (!isDeepStrictEqual(whole.jobs, beside.jobs)) return 'the jobs'
  return isDeepStrictEqual(whole.mails, beside.mails) ? null : 'the mails'
}

test('every dropped condition is noticed', () => {
  expect(missed).toEqual([])
})
