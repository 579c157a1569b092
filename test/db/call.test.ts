import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { alias, PgDialect } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generatedSources } from '../../dev/functions/generated-sources.ts'
import { readHandWrittenSources } from '../../dev/functions/source.ts'
import { call as merge } from '../../src/core/merge/generated/call.ts'
import { call as order } from '../../src/core/order/generated/call.ts'
import { call as outbox } from '../../src/core/outbox/generated/call.ts'
import { customerTable, orderTable } from '../../src/db/schema/index.ts'
import { sqlType } from '../../src/db/sql-type.ts'
import { freshDatabase } from '../support/database.ts'
import { planted, plantedFunctions } from './planted.ts'

const dialect = new PgDialect({ casing: 'snake_case' })
const render = (query: SQL) => dialect.sqlToQuery(query)
const { text, texts } = sqlType
const now = '2026-03-01T10:00:00.123Z'

let client: pg.Client
let db: NodePgDatabase
beforeAll(async () => {
  client = new pg.Client(await freshDatabase())
  await client.connect()
  // A caller says the plain name of a function, which carries a hash in a database of ours.
  await client.query('set check_function_bodies = off')
  for (const { text } of [...readHandWrittenSources(), ...(await generatedSources())])
    await client.query(text)
  await client.query(plantedFunctions)
  db = drizzle(client, { casing: 'snake_case' })
})
afterAll(() => client.end())

test('arguments go by position, as PostgreSQL takes them', () => {
  const query = outbox.appendEvent({
    now,
    tenant: customerTable.tenant,
    customer: text(sql`'cust'`),
    event: 'e',
    job: 'j',
    type: 't',
    changed: ['a', 'b"c'],
    data: { a: [1] },
    actor: {},
    request: null,
  })
  expect(render(query)).toMatchObject({
    sql: `append_event("customer"."tenant", 'cust', $1, $2, $3, $4, $5, $6, $7, $8)`,
    params: ['e', 'j', 't', '{"a","b\\"c"}', '{"a":[1]}', '{}', null, now],
  })
})

test('the same can stand in the text', () => {
  const query = order.orderSides({ tenant: "it's", orders: [{ id: 'x' }] })
  expect(render(sql`select ${query}`.inlineParams()).sql).toBe(
    `select order_sides('it''s', '[{"id":"x"}]')`,
  )
})

test('what has a default may be left out', () => {
  const holder = { tenant: 't', id: 'c' }
  expect(render(planted.lockOrRefuse(holder)).sql).toBe('hold_customer($1, $2)')
  expect(render(planted.lockOrRefuse({ ...holder, version: 1 })).sql).toBe(
    'hold_customer($1, $2, $3)',
  )
})

test('a table and an alias of it are a whole row', () => {
  const was = alias(orderTable, 'was')
  const query = order.countOrder({
    tenant: 't',
    customer: 'c',
    was,
    is: orderTable,
    currency: 'EUR',
  })
  expect(render(query).sql).toBe('count_order($1, $2, "was".*, "order".*, $3)')
})

test('PostgreSQL takes rows, and gives them on from call to call', async () => {
  await db
    .insert(customerTable)
    .values(customer('cust_01kjmhm63v0000000000000000', 'a@example.com'))
  const holder = { tenant: 't', id: 'cust_01kjmhm63v0000000000000000' }
  const me = alias(customerTable, 'me')
  const [image] = await db
    .select({ id: me.id, image: merge.mergeImage({ customer: me }) })
    .from(me)
    .where(eq(me.id, holder.id))
  expect(image?.image).toMatchObject({ customer: { email: 'a@example.com' } })
  const held = planted.lockOrRefuse(holder)
  const [on] = await db
    .execute(sql`select ${merge.mergeImage({ customer: held })} as image`)
    .then(({ rows }) => rows)
  expect(on?.image).toEqual(image?.image)
  const [row] = await db.select(held.columns).from(held.from)
  const [same] = await db.select(getTableColumns(customerTable)).from(customerTable)
  expect(row).toEqual(same)
})

test('who is not there is a row of nulls', async () => {
  const found = planted.visibleCustomer({ tenant: 't', id: null })
  const [row] = await db
    .select({ id: found.columns.id, at: found.columns.createdAt })
    .from(found.from)
  expect(row).toEqual({ id: null, at: null })
})

test('many rows have columns with their types', async () => {
  const ids = texts(sql`array['cust_01kjmhm63v0000000000000000']`)
  const { from, columns } = planted.countEach({ ids })
  const { id, orderCount, lastOrderAt } = columns
  const found = await db.select({ id, orderCount, lastOrderAt }).from(from).where(eq(orderCount, 0))
  expect(found).toEqual([
    { id: 'cust_01kjmhm63v0000000000000000', orderCount: 0, lastOrderAt: null },
  ])
})

test('a set of values is a column named value', async () => {
  const appended = outbox.appendEvents({
    ...{
      tenant: 't',
      firstEvent: 'evt_01kjmhm63v0000000000000000',
      firstJob: 'job_01kjmhm63v0000000000000000',
    },
    ...{ type: 'customer.updated', changed: [], actor: {}, request: null, now },
    changes: [{ customerId: 'cust_01kjmhm63v0000000000000000' }],
  })
  const rows = await db.select(appended.columns).from(appended.from)
  expect(rows).toEqual([{ value: 'job_01kjmhm63v0000000000000000' }])
})

function customer(id: string, email: string) {
  const createdAt = sql`id_moment(${id})`
  return {
    tenant: 't',
    id,
    email,
    emailKey: email,
    status: 'guest' as const,
    createdAt,
    updatedAt: now,
  }
}
