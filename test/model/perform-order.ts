import type { Order } from './command.ts'
import type { World } from './world.ts'

/** An order's state arrives, by request or as a message. */
export async function perform(world: World, order: Order, door: 'http' | 'queue'): Promise<void> {
  const customerId = world.who(order.who)
  if (customerId === undefined) return
  const orderId = world.orderAt(order.order)
  const newest = world.versions.get(orderId) ?? 0
  const version = Math.max(1, newest + order.newer)
  world.versions.set(orderId, Math.max(newest, version))
  const state = {
    total: order.total,
    refunded: Math.min(order.refunded, order.total),
    currency: order.currency,
    state: order.state,
    placedAt: `2026-06-0${order.day}T08:00:00.000Z`,
    version,
  }
  const { total: gross, version: _, ...rest } = state
  const told = { id: orderId, customerId, version, content: { gross, ...rest } }
  if (door === 'http') {
    const { status } = await world.ask('PUT', `/customer/${customerId}/order/${orderId}`, {
      body: state,
    })
    world.told.push({ ...told, known: status === 503 ? 'maybe' : status === 200 })
    return
  }
  const body = { tenant: world.app.tenant, customerId, orderId, ...state }
  world.app.queue.send('customer-order', [{ body }])
  await world.drain()
  world.told.push({ ...told, known: 'sent' })
}
