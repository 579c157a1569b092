import { neonConfig } from '@neondatabase/serverless'
import { afterAll, expect, inject, test } from 'vitest'
import { freshDatabase } from '../../support/database.ts'
import { readLists } from '../../support/lists.ts'
import { type Seen, seeShop, seeShopBesideTwins } from '../../support/seen.ts'
import { isTwins } from '../../support/twin.ts'
import { calledByOthers, databaseWithout } from '../../support/without-functions.ts'

const lists = await readLists()

const { fetchFunction } = neonConfig
afterAll(() => {
  neonConfig.fetchFunction = fetchFunction
})

const whole = await see(await freshDatabase())
// What is sent as statements meets other tenants too; the plans of the functions are read in test/db/tenant.test.ts.
const lacking = await see(await databaseWithout(), (database) =>
  seeShopBesideTwins(database, whole),
)
const beside = inject('long') ? await seeShopBesideTwins(await freshDatabase(), whole) : lacking

const names = Object.keys(lists)
/** Those that the Worker calls. */
const useCases = names.filter((name) => !calledByOthers().has(name))

async function see(database: string, look: (database: string) => Promise<Seen> = seeShop) {
  const called = watchCalls()
  const listed = watchLists()
  return { ...(await look(database)), called, listed }
}

/** The names of functions in what is sent to the database, by any app. */
function watchCalls(): ReadonlySet<string> {
  const found = new Set<string>()
  const send = neonConfig.fetchFunction
  neonConfig.fetchFunction = (url: string, init: RequestInit) => {
    for (const [, name = ''] of String(init.body).matchAll(/\b(\w+_[0-9a-f]{8})\(/g))
      found.add(name)
    return send(url, init)
  }
  return found
}

/** The use cases whose lists were read, which happens when they are sent. */
function watchLists(): ReadonlySet<string> {
  const read = new Set<string>()
  for (const [name, list] of Object.entries(lists)) {
    const get = () => {
      read.add(name)
      return list
    }
    Object.defineProperty(lists, name, { get, configurable: true, enumerable: true })
  }
  return read
}

test.each([
  ['called', whole.called],
  ['sent as its statements', lacking.listed],
])('every use case was %s', (_, found) => {
  const others = useCases.filter((name) => !found.has(name))
  expect(others, 'add requests that need these to test/support/extra').toEqual([])
})

test('one database lacks no function, and those that the other has are not for the Worker', () => {
  expect(whole.missing).toEqual([])
  expect(names.filter((name) => !useCases.includes(name) && whole.called.has(name))).toEqual([])
})

test('both answer the same', () => {
  expect(lacking.answers).toEqual(whole.answers)
})

test.each(whole.rows)('both have the same rows in $table $when', (expected) => {
  const { when, table } = expected
  expect(lacking.rows.find((found) => found.table === table && found.when === when)).toEqual(
    expected,
  )
})

test('both send the same jobs and mails', () => {
  expect(lacking.jobs).toEqual(whole.jobs)
  expect(lacking.mails).toEqual(whole.mails)
})

test('who shares the database with a tenant that has the same keys gets the same answers', () => {
  expect(beside.answers).toEqual(whole.answers)
  expect(beside.jobs).toEqual(whole.jobs)
  expect(beside.mails).toEqual(whole.mails)
})

test.each(whole.rows)('it has the same rows in $table $when', ({ when, table, rows }) => {
  const found = beside.rows.find((one) => one.table === table && one.when === when)
  expect(found?.rows).toEqual(rows)
})

test('that tenant has every row of this one', () => {
  for (const [table, rows] of beside.kept) {
    const twins = rows.filter(({ tenant }) => String(tenant).startsWith('a-twin-'))
    const own = rows.filter((row) => !isTwins(row))
    expect([table, twins.length]).toEqual([table, own.length])
  }
})

test('that has every id that this one has yet to make', () => {
  const idsOf = (kept: typeof whole.kept, tenant: string) =>
    (kept.get('customer') ?? [])
      .filter((row) => row.tenant === tenant)
      .map(({ id }) => String(id))
      .toSorted()
  const ids = idsOf(whole.kept, whole.tenant)
  expect(ids.length).toBeGreaterThan(50)
  expect(idsOf(beside.kept, beside.tenant)).toEqual(ids)
})
