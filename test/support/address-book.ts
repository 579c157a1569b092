import { randomBytes } from 'node:crypto'
import type { Context } from '#core/context'
import { newId } from '#kernel/id'
import { systemContext } from '../../src/runtime.ts'
import type { CallOptions, TestApp } from './app.ts'
import { sql } from './sql.ts'

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
  const id = newId('customer', new Date())
  const email = `${randomBytes(8).toString('hex')}@example.com`
  await app.db.run([
    sql`insert into customer (tenant, id, email, email_key, status, created_at, updated_at)
      values (${app.tenant}, ${id}, ${email}, ${email}, ${status}, id_moment(${id}), id_moment(${id}))`,
  ])
  return id
}

/** What the tables say of a customer's addresses. */
export async function bookOf(app: TestApp, customerId: string) {
  const [customers, addresses] = await app.db.run([
    sql`select default_shipping_id, default_billing_id, version, sequence,
        (select count(*)::int from event e where e.tenant = c.tenant and e.customer_id = c.id) as events
      from customer c where tenant = ${app.tenant} and id = ${customerId}`,
    sql`select * from address where tenant = ${app.tenant} and customer_id = ${customerId} order by id`,
  ])
  return {
    customer: customers?.[0] as {
      default_shipping_id: string | null
      default_billing_id: string | null
      version: number
      sequence: number
      events: number
    },
    addresses: (addresses ?? []) as Record<string, unknown>[],
  }
}

export const home = {
  label: 'Home',
  line1: '123 Main St',
  city: 'San Francisco',
  state: 'CA',
  postalCode: '94102',
  country: 'US',
}
export const office = { ...home, label: 'Office', line1: '1 Market St', company: 'ACME' }
export const berlin = { line1: 'Torstraße 1', city: 'Berlin', postalCode: '10119', country: 'DE' }

type Told = { type: string; sequence: number; data: Record<string, unknown> }

/** What tests of the address routes ask again and again. */
export function requestsOf({ call, db, tenant }: TestApp) {
  return {
    someone: async (): Promise<string> => {
      const email = `${randomBytes(8).toString('hex')}@example.com`
      return (await call('POST', '/customer', { body: { email } })).body.id
    },
    add: (id: string, body: object, options: CallOptions = {}) =>
      call('POST', `/customer/${id}/address`, { body, ...options }),
    held: async (id: string) => (await call('GET', `/customer/${id}/address`)).body.data,
    customer: async (id: string) => (await call('GET', `/customer/${id}`)).body,
    /** Without the customer's summary. */
    events: async (id: string): Promise<Told[]> => {
      const [rows] = await db.run([
        sql`select type, sequence, data - 'customer' as data from event
          where tenant = ${tenant} and customer_id = ${id} order by sequence`,
      ])
      return (rows ?? []) as Told[]
    },
  }
}
