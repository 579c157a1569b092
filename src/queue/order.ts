import { type OrderMessage, readOrderMessage, recordOrders } from '#core/order'
import { Refusal } from '#kernel/error'
import { errorFields, log } from '#kernel/log'
import { type Runtime, sendJobMessages, systemContext } from '../runtime.ts'
import { processSetHalvingOnFailure } from './process-set-halving-on-failure.ts'
import { readMessageSafely } from './read-or-put-back-message.ts'
import { makeRetryOrStore, type RetryOrStore } from './retry-or-store.ts'

type Given = { readonly message: Message; readonly order: OrderMessage }

/**
 * Records the orders that other Workers send, all of a tenant as one set; never throws. A message that is unreadable or
 * whose order is refused (its customer is not known yet, it was placed ahead) is buried after its last try; while the database is
 * away, none is.
 */
export async function consumeOrders(batch: MessageBatch, runtime: Runtime): Promise<void> {
  const byTenant = new Map<string, Given[]>()
  const strange: Message[] = []
  for (const message of batch.messages) {
    const order = readMessageSafely(message, readOrderMessage)
    if (order === null || !runtime.config.tenants.has(order.tenant)) {
      log('warn', 'order not understood', { messageId: message.id, attempts: message.attempts })
      strange.push(message)
      continue
    }
    byTenant.set(order.tenant, [...(byTenant.get(order.tenant) ?? []), { message, order }])
  }
  const giveUp = makeRetryOrStore(batch.queue, runtime)
  for (const [tenant, given] of byTenant) await recordAll(tenant, given, runtime, giveUp)
  await giveUp(strange)
}

function recordAll(
  tenant: string,
  given: readonly Given[],
  runtime: Runtime,
  giveUp: RetryOrStore,
): Promise<void> {
  return processSetHalvingOnFailure(
    given,
    async (some) => giveUp(await record(tenant, some, runtime)),
    (some, error) => {
      log('error', 'orders not recorded', { tenant, orders: some.length, ...errorFields(error) })
      return giveUp(
        some.map(({ message }) => message),
        error,
      )
    },
  )
}

/** Records orders, and acknowledges the messages of those that are recorded. Resolves with the others. */
async function record(
  tenant: string,
  given: readonly Given[],
  runtime: Runtime,
): Promise<readonly Message[]> {
  const ctx = systemContext(runtime, tenant, 'order')
  const recorded = await recordOrders(
    ctx,
    given.map(({ order }) => order),
  )
  const refused = given.filter((_, at) => recorded[at] instanceof Refusal)
  for (const one of given) if (!refused.includes(one)) one.message.ack()
  await sendJobMessages(runtime, ctx.outcome.jobs)
  return refused.map(({ message }) => message)
}
