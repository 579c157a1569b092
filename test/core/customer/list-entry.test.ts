import fc from 'fast-check'
import pg from 'pg'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { strayEntriesOf } from '../../support/entry.ts'
import { crowd, someone } from '../../support/group.ts'
import { query } from '../../support/rows.ts'
import { runs } from '../../support/runs.ts'

const app = await startTestApp()
const { call, tenant } = app

const client = new pg.Client(inject('database'))
await client.connect()
afterAll(() => client.end())

const keys = ['few', 'many', 'some'].map((key) => `${key}-of-entries`)
for (const key of keys) await call('POST', '/group', { body: { key } })

/** Statements about a customer, each of one column or several that its entry has or has not. */
const changes: Readonly<Record<string, string>> = {
  'an order is counted': 'update customer set order_count = order_count + 1, total_spent = 100',
  'it is undone': `update customer set order_count = 0, total_spent = 0, last_order_at = null, last_order_key = '-infinity'`,
  'the time of an order': `update customer set last_order_at = '2026-01-02', last_order_key = '2026-01-02'`,
  'a profile': `update customer set first_name = 'A', updated_at = updated_at + interval '1 s'`,
  'an event alone': 'update customer set sequence = sequence + 1',
  'an order with its event':
    'update customer set order_count = order_count + 1, sequence = sequence + 1',
  'a profile with its event': `update customer set updated_at = updated_at + interval '1 s', sequence = sequence + 1`,
  'merging with its event': `update customer set sequence = sequence + 1, status = 'merged', merged_into = 'cust_other'`,
  'undoing with its event': `update customer set sequence = sequence + 1, status = 'active'`,
  verification: `update customer set status = 'active', email_verified_at = '2026-01-01'`,
  'a move of the address': `update customer set email_verified_at = null`,
  disabling: `update customer set status = 'disabled'`,
  merging: `update customer set status = 'merged', merged_into = 'cust_other'`,
  erasing: `update customer set status = 'erased'`,
  deleting: `update customer set status = 'deleted'`,
  'the end of the row': 'delete from customer',
  'a first group': `insert into membership (tenant, group_key, customer_id, source, added_at)
    select tenant, '${keys[0]}', id, 'manual', now() from customer`,
  'the end of groups': 'delete from membership m using customer c',
}

const statementOf = (change: string): string => {
  const isJoin = change.startsWith('delete from membership')
  const who = isJoin
    ? 'c.tenant = $1 and c.id = $2 and m.tenant = c.tenant and m.customer_id = c.id'
    : 'tenant = $1 and id = $2'
  const more = change.startsWith('insert') ? ' on conflict do nothing' : ''
  const status = /status = '(\w+)'/.exec(change)?.[1]
  const survivor = status === undefined || status === 'merged' ? '' : ', merged_into = null'
  return `${change}${survivor} where ${who}${more}`
}

const INSERT = `insert into customer (tenant, id, email, email_key, status, created_at, updated_at)
  select $1, $2, $2 || '@e.example', $2 || '@e.example', 'unverified', id_moment($2), id_moment($2)
  on conflict do nothing`

/** Transactions of several statements about a few customers; some are rolled back as a whole, some in part. */
const transactions = fc.array(
  fc.record({
    ends: fc.constantFrom('commit', 'commit', 'commit', 'rollback'),
    statements: fc.array(
      fc.record({
        who: fc.nat(2),
        does: fc.constantFrom('making', ...Object.keys(changes)),
        isTaken: fc.nat(9).map((n) => n > 0),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  }),
  { minLength: 1, maxLength: 6 },
)

let worlds = 0

test('after any transactions each customer has the entry that it must have, and nobody else has one', async () => {
  await fc.assert(
    fc.asyncProperty(transactions, async (all) => {
      const world = `cust_01m9${String(++worlds).padStart(6, '0')}`
      const who = [0, 1, 2].map((n) => `${world}${String(n).padStart(16, '0')}`)
      for (const { ends, statements } of all) {
        await client.query('begin')
        for (const { who: n, does, isTaken } of statements) {
          const change = changes[does]
          const statement = change === undefined ? INSERT : statementOf(change)
          await client.query('savepoint one')
          const done = await client.query(statement, [tenant, who[n]]).then(
            () => true,
            // A customer who has memberships cannot be deleted.
            () => false,
          )
          if (!done || !isTaken) await client.query('rollback to one')
        }
        await client.query(ends)
        expect(await strayEntriesOf(tenant)).toEqual([])
      }
    }),
    { numRuns: runs(40, 1000) },
  )
})

test('a deleted customer that comes back and changes in one transaction has the entry of its end', async () => {
  const id = await someone(app)
  const where = 'where tenant = $1 and id = $2'
  await client.query(`update customer set status = 'deleted' ${where}`, [tenant, id])
  await client.query('begin')
  await client.query(`update customer set status = 'active' ${where}`, [tenant, id])
  const change = 'order_count = 3, sequence = sequence + 1'
  await client.query(`update customer set ${change} ${where}`, [tenant, id])
  await client.query('commit')
  expect(await strayEntriesOf(tenant)).toEqual([])
})

test('writers of one customer at once leave the entry of the last', async () => {
  const ids = await Promise.all([someone(app), someone(app), someone(app)])
  const order = { total: 500, refunded: 0, currency: 'USD', state: 'paid', version: 1 }
  const placedAt = app.runtime.now().toISOString()
  for (let round = 0; round < 4; round++) {
    await Promise.all(
      ids.flatMap((id) => [
        call('PATCH', `/customer/${id}`, { body: { firstName: `A${round}` } }),
        call('PUT', `/customer/${id}/order/${id}-${round}`, { body: { ...order, placedAt } }),
        call('POST', `/customer/${id}/group`, { body: { group: keys[round % keys.length] } }),
        call('DELETE', `/customer/${id}/group/${keys[(round + 1) % keys.length]}`),
        call('POST', `/customer/${id}/address`, {
          body: {
            line1: `${round} Rd`,
            city: 'Reno',
            state: 'NV',
            postalCode: '89501',
            country: 'US',
          },
        }),
        call('POST', `/customer/${id}/${round % 2 ? 'enable' : 'disable'}`, { body: {} }),
      ]),
    )
    expect(await strayEntriesOf(tenant)).toEqual([])
  }
  await Promise.all(ids.map((id) => call('DELETE', `/customer/${id}`)))
  expect(await strayEntriesOf(tenant)).toEqual([])
})

describe('of a customer in very many groups', () => {
  /** As long as a key may be: sixty of them are more than an index entry has room for. */
  const many = Array.from({ length: 60 }, (_, n) => `${n}-`.padEnd(64, String(n)))

  test('lists know each, and what they do not know they look up', async () => {
    const shop = await startTestApp()
    const [id = '', other = ''] = await crowd(shop, 2)
    const find = async (filter: string) => {
      const { body } = await shop.call('GET', `/customer?count=exact&sort=createdAt:asc&${filter}`)
      return [body.data.map((one: { id: string }) => one.id), body.pagination.total]
    }
    for (const [n, key] of many.entries()) {
      await shop.call('POST', `/customer/${id}/group`, { body: { group: key } })
      if ([0, 15, 16, 59].includes(n)) {
        expect([n, await strayEntriesOf(shop.tenant)]).toEqual([n, []])
        expect([n, await find(`group=${key}`)]).toEqual([n, [[id], 1]])
        expect([n, await find(`groupNot=${key}`)]).toEqual([n, [[other], 1]])
        expect([n, await find(`group=${many[0]}&group=${key}&groupMode=all`)]).toEqual([
          n,
          [[id], 1],
        ])
      }
    }
    for (const key of many.slice(1)) await shop.call('DELETE', `/customer/${id}/group/${key}`)
    expect(await find(`group=${many[0]}`)).toEqual([[id], 1])
    expect(await find(`group=${many[1]}`)).toEqual([[], 0])
    const [entry] = await query('select group_keys from list_entry where tenant = $1 and id = $2', [
      shop.tenant,
      id,
    ])
    expect(entry).toEqual({ group_keys: [many[0]] })
  })
})
