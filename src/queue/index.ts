import { Bug } from '#kernel/error'
import type { Runtime } from '../runtime.ts'
import { consume } from './consume.ts'
import { consumeOrders } from './order.ts'
import { type QueueRole, queueRole } from './role.ts'
import { storeFailedMessages } from './store-failed-messages.ts'

type Consumer = (batch: MessageBatch, runtime: Runtime) => Promise<void>

/** Every queue of wrangler.toml and its consumer. */
const consumers: Readonly<Record<QueueRole, Consumer>> = {
  customer: consume,
  'customer-order': consumeOrders,
  'customer-delivery': consume,
  'customer-dead': storeFailedMessages,
}

/** Processes a batch, and acknowledges or returns each message by itself. */
export async function receive(batch: MessageBatch, runtime: Runtime): Promise<void> {
  const role = queueRole(batch.queue)
  if (role === undefined) throw new Bug(`no consumer for the queue ${batch.queue}`)
  runtime.attempts.settle(runtime.now())
  await consumers[role](batch, runtime)
}
