import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { sql } from '../support/sql.ts'

// More customers than one step of a scan takes, which is a thousand of them.
const MANY = 2500

const app = await startTestApp({ database: await freshDatabase() })
const { db, tenant } = app
const NIGHT = '17 3 * * *'

const stem = newId('customer', new Date('2025-01-01T00:00:00Z')).slice(0, 15)

const first = `${stem}a${'1'.padStart(15, '0')}`

/** Accounts that have never ordered, although they are said to, and guests of long ago. */
async function importCustomers(): Promise<void> {
  await db.run([
    sql`insert into customer (tenant, id, email, email_key, status, order_count, created_at, updated_at)
      select ${tenant}, id, id || '@example.com', id || '@example.com', status, orders, id_moment(id), id_moment(id)
      from generate_series(1, ${MANY}::int) n, (values ('a', 'unverified', 1), ('g', 'guest', 0)) kinds (kind, status, orders),
        lateral (select ${stem}::text || kind || lpad(n::text, 15, '0') as id) made`,
  ])
}

test('the scans of the clock go on after their first step, to the last customer', async () => {
  await importCustomers()
  await app.cron(NIGHT)
  const [[found] = []] = await db.run([
    sql`select count(*) filter (where status = 'guest')::int as guests, count(*) filter (where order_count > 0)::int as wrong
      from customer where tenant = ${tenant}`,
  ])
  expect(found).toEqual({ guests: 0, wrong: 0 })
  const [[drifts] = []] = await db.run([
    sql`select count(*)::int as count from drift where tenant = ${tenant}`,
  ])
  expect(drifts).toEqual({ count: MANY })
})

test('the next night begins at the first customer again', async () => {
  await db.run([
    sql`update customer set order_count = 3 where tenant = ${tenant} and id = ${first}`,
  ])
  app.advance(86_400_000)
  await app.cron(NIGHT)
  const [[found] = []] = await db.run([
    sql`select order_count from customer where tenant = ${tenant} and id = ${first}`,
  ])
  expect(found).toEqual({ order_count: 0 })
})
