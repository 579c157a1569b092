import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../support/app.ts'
import { shopIn } from '../support/shop.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call, db, tenant, wire } = app
const { account, guest, record, find, freshEmail } = shopIn(app)

const total = async (state: string) => {
  const { body } = await call('GET', `/merge?state=${state}&count=exact&limit=1`)
  return body.pagination.total as number
}

/** Ids tell when they were made: these a day ago. */
const yesterday = newId('customer', new Date(Date.now() - 86_400_000)).slice(0, 15)
const guests = `${yesterday}g`
const accounts = `${yesterday}a`

/** Guests and the accounts of their addresses, proven without anyone noticing: as an import leaves them. */
const importPairs = async (count: number) => {
  await db.run([
    sql`insert into customer (tenant, id, email, email_key, status, email_verified_at, claimed_at, created_at, updated_at)
      select ${tenant}, id, 'due' || n || '@example.com', 'due' || n || '@example.com', status,
        case when status = 'active' then now() end, case when status = 'active' then now() end, id_moment(id), now()
      from generate_series(1, ${count}::int) n, (values (${guests}, 'guest'), (${accounts}, 'active')) kinds (kind, status),
        lateral (select kind || lpad(n::text, 15, '0') as id) made`,
    sql`insert into "order" (tenant, id, customer_id, currency, gross, refunded, state, placed_at, version, created_at, updated_at)
      select ${tenant}, 'due' || n, ${guests} || lpad(n::text, 15, '0'), 'USD', n, 0, 'paid', now(), 1, now(), now() from generate_series(1, ${count}::int) n`,
    sql`update customer set order_count = 1, total_spent = right(id, 15)::int,
        spent = jsonb_build_object('USD', jsonb_build_object('amount', right(id, 15)::int, 'orders', 1))
      where tenant = ${tenant} and starts_with(id, ${guests})`,
  ])
}

test('a pair that nobody noticed is found and merged within a minute', async () => {
  const email = freshEmail()
  const visitor = await guest({ email })
  await record(visitor.id, 'sweep-1')
  const { id } = await account({ email })
  await db.run([
    sql`update customer set status = 'active', email_verified_at = now(), claimed_at = now() where tenant = ${tenant} and id = ${id}`,
  ])
  await app.cron()
  expect(await find(id)).toMatchObject({ orderCount: 1, totalSpent: 1000 })
})

test('many of them take two round trips for each twenty, whatever they hold', async () => {
  const tripsOfCron = async () => {
    wire.reset()
    await app.cron()
    return wire.count().trips
  }
  const idle = await tripsOfCron()
  await importPairs(120)
  expect((await tripsOfCron()) - idle).toBeLessThanOrEqual(2 * (120 / 20) + 4)
  expect([await total('pending'), await total('done')]).toEqual([0, 121])
  const [sums = []] = await db.run([
    sql`select sum(total_spent)::int as spent, sum(order_count)::int as orders from customer where tenant = ${tenant} and starts_with(id, ${accounts})`,
  ])
  expect(sums[0]).toEqual({ spent: (120 * 121) / 2, orders: 120 })
})

test('two runs at once share the work and do nothing twice', async () => {
  const pairs = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const email = freshEmail()
      const visitor = await guest({ email })
      await record(visitor.id, `twin-${n}`)
      return { visitor, customer: await account({ email }) }
    }),
  )
  await db.run([
    sql`update customer set status = 'active', email_verified_at = now(), claimed_at = now() where tenant = ${tenant} and status = 'unverified'`,
  ])
  const done = await total('done')
  await Promise.all([app.cron(), app.cron(), app.cron()])
  app.advance(61_000)
  await app.cron()
  expect(await total('done')).toBe(done + 20)
  for (const { customer } of pairs) expect(await find(customer.id)).toMatchObject({ orderCount: 1 })
})

/** What an account may look like whose owner has not proven both the inbox and that the account is theirs, or may not log in. */
const unproven = {
  'nothing is proven': sql`status = 'active'`,
  'only the inbox is proven': sql`status = 'active', email_verified_at = now()`,
  'only the account is claimed': sql`status = 'active', claimed_at = now()`,
  'the account is disabled': sql`status = 'disabled', email_verified_at = now(), claimed_at = now()`,
}

test.each(Object.entries(unproven))('a pair is left alone while %s', async (_, standing) => {
  const done = await total('done')
  const email = freshEmail()
  const visitor = await guest({ email })
  const { id } = await account({ email })
  await db.run([sql`update customer set ${standing} where tenant = ${tenant} and id = ${id}`])
  await app.cron()
  expect([await total('pending'), await total('done')]).toEqual([0, done])
  expect(await find(visitor.id)).toMatchObject({ id: visitor.id, status: 'guest' })
})

test('pairs that are not proven are looked at and left alone', async () => {
  const done = await total('done')
  const [[row] = []] = await db.run([
    sql`select count(*)::int as count from customer where tenant = ${tenant} and status = 'guest'`,
  ])
  for (let n = 0; n < 3; n++) {
    const email = freshEmail()
    await guest({ email })
    await account({ email })
  }
  await app.cron()
  expect([await total('pending'), await total('done')]).toEqual([0, done])
  const [[after] = []] = await db.run([
    sql`select count(*)::int as count from customer where tenant = ${tenant} and status = 'guest'`,
  ])
  expect(after?.count).toBe(Number(row?.count) + 3)
})
