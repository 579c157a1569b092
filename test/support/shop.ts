import { systemContext } from '../../src/runtime.ts'
import type { TestApp } from './app.ts'
import { claim } from './claim.ts'
import { sql } from './sql.ts'

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

  const find = async (id: string) => (await call('GET', `/customer/${id}`)).body

  const merge = (survivor: string, from: string, fields: object = {}, headers = {}) =>
    call('POST', `/customer/${survivor}/merge`, { body: { from, ...fields }, headers })

  const eventsOf = async (id: string) => {
    const [events = []] = await db.run([
      sql`select sequence, type, data from event where tenant = ${tenant} and customer_id = ${id} order by sequence`,
    ])
    return events as { sequence: number; type: string; data: Record<string, unknown> }[]
  }

  return {
    freshEmail,
    system,
    account,
    guest,
    record,
    claim: (email: string) => claim(app, email),
    find,
    merge,
    eventsOf,
  }
}
