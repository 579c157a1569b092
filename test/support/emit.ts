import { newId } from '#kernel/id'
import { functionNameInDatabase } from '../../dev/functions/function-name-in-database.ts'
import type { TestApp } from './app.ts'
import { sql } from './sql.ts'

/** Announces changes of customers as their use cases do, many in one commit; nothing is sent to the queue. */
export async function emitMany(
  { db, tenant, runtime }: Pick<TestApp, 'db' | 'tenant' | 'runtime'>,
  customers: readonly string[],
  each: number,
): Promise<void> {
  const now = runtime.now()
  const changes = customers.flatMap((customerId) =>
    Array.from({ length: each }, () => ({ customerId })),
  )
  await db.run([
    sql`select ${sql.raw(functionNameInDatabase('append_events'))}(${tenant}, ${newId('event', now)}, ${newId('job', now)}, 'customer.updated', array['lastName'],
      ${JSON.stringify(changes)}::jsonb, '{"type":"service","id":"test"}', null, ${now.toISOString()}::timestamptz)`,
  ])
}

/** Customers as they stand in the table, many in one statement. */
export async function insertCustomers(
  { db, tenant, runtime }: Pick<TestApp, 'db' | 'tenant' | 'runtime'>,
  count: number,
): Promise<string[]> {
  const now = runtime.now()
  const ids = Array.from({ length: count }, () => newId('customer', now))
  await db.run([
    sql`insert into customer (tenant, id, email, email_key, status, created_at, updated_at)
      select ${tenant}, id, id || '@example.com', id || '@example.com', 'active', at, at
      from (select ${now.toISOString()}::timestamptz as at) now, unnest(${sql.param(ids)}::text[]) id`,
  ])
  return ids
}
