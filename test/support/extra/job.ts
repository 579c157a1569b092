import { erasedCustomerHash, repeatErasures } from '#core/privacy'
import { checkDatabase } from '#core/tick'
import { newId } from '#kernel/id'
import { receive } from '../../../src/queue/index.ts'
import { systemContext, systemContextForTenants } from '../../../src/runtime.ts'
import { batchOf } from '../batch.ts'
import { sql } from '../sql.ts'
import { ask, type ExtraCall, succeed } from './call.ts'

/** The rest of a group that was deleted leaves it by a job, which cron finds. */
const dissolvedGroup: ExtraCall = async (app) => {
  const { tenant, db } = app
  const { id } = await succeed(app, 'POST', '/customer', { body: { email: 'left@example.com' } })
  await succeed(app, 'POST', `/customer/${id}/group`, { body: { group: 'leftover' } })
  const now = app.runtime.now()
  const at = now.toISOString()
  await db.run([
    sql`update "group" set dissolved_at = ${at} where tenant = ${tenant} and key = 'leftover'`,
    sql`insert into job (tenant, id, kind, payload, due_at, created_at)
      values (${tenant}, ${newId('job', now)}, 'dissolve_group', '{"group": "leftover"}', ${at}, ${at})`,
  ])
}

/** What is left of the history of an erased customer is emptied by a job, which cron finds. */
const longErased: ExtraCall = async (app) => {
  const { tenant, db } = app
  const { id } = await succeed(app, 'POST', '/customer', { body: { email: 'long@example.com' } })
  const erasure = await succeed(app, 'POST', `/customer/${id}/erase`)
  const now = app.runtime.now()
  const at = now.toISOString()
  await db.run([
    sql`update erasure set state = 'running', finished_at = null where tenant = ${tenant} and id = ${erasure.id}`,
    sql`update event set data = '{"customer": {}}' where tenant = ${tenant} and customer_id = ${id} and type = 'customer.created'`,
    sql`insert into job (tenant, id, kind, payload, due_at, created_at)
      values (${tenant}, ${newId('job', now)}, 'erase', jsonb_build_object('erasure', ${erasure.id}::text), ${at}, ${at})`,
  ])
}

/** A restored backup has brought somebody back, who is erased again by the operator's command. */
const restored: ExtraCall = async (app) => {
  const { tenant, runtime } = app
  const { id } = await succeed(app, 'POST', '/customer', { body: { email: 'back@example.com' } })
  const ctx = systemContext(runtime, tenant, 'erase:replay')
  await repeatErasures(ctx, [{ hashes: [erasedCustomerHash(ctx, id)], reason: 'other' }])
}

/** An order that the queue gave up on is stored, and recorded when someone replays it. */
const lateOrder: ExtraCall = async (app) => {
  const { tenant, runtime } = app
  const { id } = await succeed(app, 'POST', '/customer', { body: { email: 'late@example.com' } })
  const order = {
    ...{ tenant, customerId: id, orderId: 'late', total: 1000, refunded: 0, currency: 'USD' },
    ...{ state: 'paid', placedAt: '2026-06-01T08:00:00Z', version: 1 },
  }
  await receive(batchOf([order], { queue: 'customer-dead', attempts: 11 }).batch, runtime)
  const { data } = await succeed(app, 'GET', '/dead-letter?limit=100')
  const letter = data.find(({ kind }: { kind: string }) => kind === 'order')
  await succeed(app, 'POST', `/dead-letter/${letter?.id}/replay`)
}

/** A letter that nobody understood is read again when someone replays it. */
const unreadable: ExtraCall = async (app) => {
  const { tenant, runtime, call } = app
  const body = { tenant, text: 'unreadable' }
  await receive(batchOf([body], { queue: 'customer-dead', prefix: tenant }).batch, runtime)
  const { data } = await succeed(app, 'GET', '/dead-letter?limit=100')
  const letter = data.find(({ kind }: { kind: string }) => kind === 'unreadable')
  await call('POST', `/dead-letter/${letter?.id}/replay`)
}

/** An endpoint that does not answer, at which deliveries wait for another attempt. */
const away = { url: 'https://away.example/hook', events: ['*'] }

/** What a service is told of the jobs that wait; their ages are not the same in two runs. */
const backlog: ExtraCall = async (app) => {
  const asker = systemContext(app.runtime, app.tenant, 'extra')
  const { backlog: told } = await checkDatabase(systemContextForTenants(app.runtime), asker)
  return Object.keys(told ?? {})
}

export const jobCalls: readonly ExtraCall[] = [
  backlog,
  dissolvedGroup,
  longErased,
  restored,
  lateOrder,
  unreadable,
  ask('POST', '/webhook', away),
  ask('POST', '/customer', { email: 'told@example.com' }),
]

/** What answers webhooks. */
export const endpoints: typeof fetch = async (input) => {
  if (String(input).includes('away.example')) throw new TypeError('fetch failed')
  return new Response('thanks')
}
