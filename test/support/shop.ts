import { sql } from 'drizzle-orm'
import { commitQuietly, rows as rowsOf } from '#core/context'
import { emailKey } from '#core/customer'
import { enqueueMerge } from '#core/merge'
import { systemContext } from '../../src/runtime.ts'
import type { TestApp } from './app.ts'

/** What tests of guests, orders and merges do again and again, in the app's first tenant. */
export function shopIn(app: TestApp) {
  const { call, tenant, db } = app
  let people = 0

  const freshEmail = () => `person${++people}@example.com`
  const system = () => systemContext(app.runtime, tenant, 'test')

  const account = async (fields: object = {}) =>
    (await call('POST', '/customer', { body: { email: freshEmail(), ...fields } })).body
  const guest = async (fields: object = {}) =>
    (await call('POST', '/customer/guest', { body: { email: freshEmail(), ...fields } })).body

  const record = (id: string, orderId: string, fields: object = {}) =>
    call('PUT', `/customer/${id}/order/${orderId}`, {
      body: {
        total: 1000,
        currency: 'USD',
        state: 'paid',
        placedAt: '2026-06-01T08:00:00Z',
        version: 1,
        ...fields,
      },
    })

  /** As if the owner had proven inbox and password: the account is verified and claimed, and what follows is on the queue. */
  async function claim(email: string) {
    const ctx = system()
    const key = emailKey(email)
    await commitQuietly(ctx, {
      claimed:
        rowsOf(sql`update customer set status = 'active', email_verified_at = ${ctx.now.toISOString()}::timestamptz,
          claimed_at = ${ctx.now.toISOString()}::timestamptz, version = version + 1
        where tenant = ${tenant} and email_key = ${key} and status in ('unverified', 'active')`),
      merge: enqueueMerge(ctx, key),
    })
    await app.runtime.send(ctx.outcome.jobs)
  }

  const find = async (id: string) => (await call('GET', `/customer/${id}`)).body

  const merge = (survivor: string, from: string, fields: object = {}, headers = {}) =>
    call('POST', `/customer/${survivor}/merge`, { body: { from, ...fields }, headers })

  const eventsOf = async (id: string) => {
    const [events = []] = await db.run([
      sql`select sequence, type, data from event where tenant = ${tenant} and customer_id = ${id} order by sequence`,
    ])
    return events as { sequence: number; type: string; data: Record<string, unknown> }[]
  }

  return { freshEmail, system, account, guest, record, claim, find, merge, eventsOf }
}
