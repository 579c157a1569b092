import { findOrder, type OrderMessage, recordOrders } from '#core/order'
import { Refusal } from '#kernel/error'
import { errorFields, log } from '#kernel/log'
import { type Runtime, sendOn, systemContext } from '../runtime.ts'
import { inHalves } from './halve.ts'
import { putBack, readAlone } from './message.ts'

type Given = { readonly message: Message; readonly order: OrderMessage }

/**
 * Records the orders that other Workers send, all of a tenant as one set; never throws. A message that is unreadable or
 * whose order is refused (its customer is not known yet, it was placed ahead) goes back until the queue moves it to the dead letters.
 */
export async function consumeOrders(batch: MessageBatch, runtime: Runtime): Promise<void> {
  const byTenant = new Map<string, Given[]>()
  for (const message of batch.messages) {
    const order = readAlone(message, findOrder)
    if (order === null || !runtime.config.tenants.has(order.tenant)) {
      log('warn', 'order not understood', { messageId: message.id, attempts: message.attempts })
      putBack(message)
      continue
    }
    byTenant.set(order.tenant, [...(byTenant.get(order.tenant) ?? []), { message, order }])
  }
  for (const [tenant, given] of byTenant) await recordAll(tenant, given, runtime)
}

function recordAll(tenant: string, given: readonly Given[], runtime: Runtime): Promise<void> {
  return inHalves(
    given,
    (some) => record(tenant, some, runtime),
    (some, error) => {
      log('error', 'orders not recorded', { tenant, orders: some.length, ...errorFields(error) })
      for (const { message } of some) putBack(message)
    },
  )
}

async function record(tenant: string, given: readonly Given[], runtime: Runtime): Promise<void> {
  const ctx = systemContext(runtime, tenant, 'order')
  const recorded = await recordOrders(
    ctx,
    given.map(({ order }) => order),
  )
  given.forEach(({ message }, at) => {
    if (recorded[at] instanceof Refusal) putBack(message)
    else message.ack()
  })
  await sendOn(runtime, ctx.outcome.jobs)
}
