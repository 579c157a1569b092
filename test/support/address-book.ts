import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import { newId } from '#kernel/id'
import { systemContext } from '../../src/runtime.ts'
import type { TestApp } from './app.ts'

/** A context of the system's at a time of the test's choosing. */
export function contextAt(app: TestApp, now: Date, tenant = app.tenant): Context {
  const ctx = systemContext(app.runtime, tenant, 'test')
  if (ctx === undefined) throw new Error('no such tenant')
  return { ...ctx, now }
}

/** A customer's row without more to it. */
export async function customerRow(
  app: TestApp,
  status: 'active' | 'guest' | 'deleted' = 'active',
): Promise<string> {
  const now = new Date()
  const id = newId('customer', now)
  const email = `${randomBytes(8).toString('hex')}@example.com`
  await app.db.run([
    sql`insert into customer (tenant, id, email, email_key, status, created_at, updated_at)
      values (${app.tenant}, ${id}, ${email}, ${email}, ${status}, now(), now())`,
  ])
  return id
}

/** What the tables say of a customer's addresses. */
export async function bookOf(app: TestApp, customerId: string) {
  const [customers, addresses] = await app.db.run([
    sql`select default_shipping_id, default_billing_id, country, version, sequence,
        (select count(*)::int from event e where e.tenant = c.tenant and e.customer_id = c.id) as events
      from customer c where tenant = ${app.tenant} and id = ${customerId}`,
    sql`select * from address where tenant = ${app.tenant} and customer_id = ${customerId} order by id`,
  ])
  return {
    customer: customers?.[0] as {
      default_shipping_id: string | null
      default_billing_id: string | null
      country: string
      version: number
      sequence: number
      events: number
    },
    addresses: (addresses ?? []) as Record<string, unknown>[],
  }
}
