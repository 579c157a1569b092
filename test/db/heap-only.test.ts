import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { sql } from '../support/sql.ts'

// One session, for PostgreSQL counts per session and adds it up later.
const app = await startTestApp({ database: await freshDatabase(), sessions: 1 })
const { call } = app

type Counts = { readonly updated: number; readonly hot: number; readonly entries: number }

/** A page that is full of old versions has no room for a new one. */
const makeRoom = () => app.db.run([sql`vacuum customer`])

async function counts(): Promise<Counts> {
  await makeRoom()
  await app.db.run([sql`select pg_stat_force_next_flush()`])
  const [[row] = []] = await app.db.run([
    sql`select c.n_tup_upd::int as updated, c.n_tup_hot_upd::int as hot, (e.n_tup_ins + e.n_tup_upd + e.n_tup_del)::int as entries
      from pg_stat_user_tables c, pg_stat_user_tables e where c.relname = 'customer' and e.relname = 'list_entry'`,
  ])
  return { updated: Number(row?.updated), hot: Number(row?.hot), entries: Number(row?.entries) }
}

const people: string[] = []
for (const n of ['one', 'two', 'three']) {
  const body = { email: `${n}@example.com`, firstName: 'He', metadata: { tier: 'gold' } }
  people.push((await call('POST', '/customer', { body })).body.id)
}
await call('POST', '/group', { body: { key: 'club' } })
await call('POST', '/group', { body: { key: 'keen', rule: { minOrders: 1 } } })
await app.drain()

const [one = '', two = ''] = people
const put = (n: string, body: object = {}) =>
  call('PUT', `/customer/${one}/order/${n}`, {
    body: {
      ...{ total: 2500, refunded: 0, currency: 'USD', state: 'paid', version: 1 },
      placedAt: '2026-01-02T03:04:05Z',
      ...body,
    },
  })
const patch = (body: object) => call('PATCH', `/customer/${one}`, { body })
const addAddress = (line1: string) =>
  call('POST', `/customer/${one}/address`, {
    body: { line1, city: 'Reno', state: 'NV', postalCode: '89501', country: 'US' },
  })
await addAddress('1 Rd')

type Write = {
  readonly name: string
  readonly work: () => Promise<unknown>
  /** Commits that change what lists show, of one customer each; 1, if it does not say. */
  readonly entries?: number
}

const writes: readonly Write[] = [
  { name: 'an order', work: () => put('n1') },
  { name: 'a refund', work: () => put('n1', { refunded: 100, version: 2 }) },
  { name: 'its cancellation', work: () => put('n1', { state: 'canceled', version: 3 }) },
  { name: 'a phone', work: () => patch({ phone: '+14155551234' }) },
  { name: 'a language', work: () => patch({ locale: 'de' }) },
  { name: 'metadata', work: () => patch({ metadata: { tier: null, color: 'red' } }) },
  { name: 'what is so already', work: () => patch({ locale: 'de' }), entries: 0 },
  { name: 'a second address', work: () => addAddress('2 Rd') },
  {
    name: 'a default address',
    work: async () => {
      const { body } = await call('GET', `/customer/${one}/address`)
      const other = body.data.find(({ isDefault }: { isDefault: boolean }) => !isDefault)
      return call('PATCH', `/customer/${one}/address/${other.id}`, { body: { isDefault: true } })
    },
  },
  {
    name: 'a membership',
    work: () => call('POST', `/customer/${one}/group`, { body: { group: 'club' } }),
  },
  { name: 'its end', work: () => call('DELETE', `/customer/${one}/group/club`) },
  {
    name: 'memberships of many',
    work: () => call('POST', '/group/club/member', { body: { add: [one, two] } }),
    entries: 2,
  },
  {
    name: 'the end of the group',
    work: async () => [await call('DELETE', '/group/club'), await app.drain()],
    entries: 2,
  },
  {
    name: 'a verdict of a rule',
    work: async () => [await put('n2'), await app.drain()],
    entries: 2,
  },
]

test.each(writes)(
  '$name leaves the indexes of customers alone, and writes an entry once',
  async ({ work, entries = 1 }) => {
    const before = await counts()
    await work()
    const after = await counts()
    const updated = after.updated - before.updated
    expect(updated).toBeGreaterThanOrEqual(entries)
    expect({ hot: after.hot - before.hot, entries: after.entries - before.entries }).toEqual({
      hot: updated,
      entries,
    })
  },
)
