import { buryLetters, type GivenUp } from '#core/dead-letter'
import { Bug } from '#kernel/error'
import { errorFields, log } from '#kernel/log'
import { type Runtime, systemContext } from '../runtime.ts'
import { inHalves } from './halve.ts'
import { putBack, readMessage, readTenant } from './message.ts'
import { readOrder } from './order.ts'
import { performers } from './perform.ts'

/**
 * Stores the messages that a queue gave up on, because the queue deletes them. A message without a configured tenant is stored
 * for the first one, so that staff sees it.
 */
export async function bury(batch: MessageBatch, runtime: Runtime): Promise<void> {
  const byTenant = Map.groupBy(batch.messages, (message) => ownerOf(message, runtime))
  for (const [tenant, messages] of byTenant)
    await storeLetters(tenant, messages, batch.queue, runtime)
}

function ownerOf({ body }: Message, { config }: Runtime): string {
  const named = readTenant(body)
  if (typeof named === 'string' && config.tenants.has(named)) return named
  const [first] = config.tenants.keys()
  if (first === undefined) throw new Bug('no tenant is configured')
  return first
}

function storeLetters(
  tenant: string,
  messages: readonly Message[],
  queue: string,
  runtime: Runtime,
): Promise<void> {
  return inHalves(
    messages,
    async (some) => {
      const letters = some.map((message) => toLetter(message, tenant))
      const stored = await buryLetters(systemContext(runtime, tenant, 'bury'), queue, letters)
      for (const message of some) message.ack()
      if (stored > 0) log('error', 'dead letters', { tenant, queue, kept: stored })
    },
    (some, error) => {
      log('error', 'dead letter not kept', { tenant, queue, ...errorFields(error) })
      for (const message of some) putBack(message)
    },
  )
}

function toLetter(message: Message, tenant: string): GivenUp {
  const job = readMessage(message.body)
  const body = toJson(message.body)
  const { attempts } = message
  const order = readOrder(message.body)
  if (order !== null) {
    // It can be replayed as a job.
    return { kind: 'order', subject: message.id, body, payload: body, attempts, isJob: false }
  }
  if (job === null || job.tenant !== tenant) {
    return { kind: 'unreadable', subject: message.id, body, attempts, isJob: false }
  }
  const { kind, id } = job
  return { kind, subject: id, body, attempts, isJob: hasRow(kind) }
}

function hasRow(kind: string): boolean {
  const performer = performers.get(kind)
  return performer !== undefined && !('alone' in performer && performer.wakes)
}

/** The body as JSON. A queue also carries values that JSON cannot express. */
function toJson(body: unknown): string {
  try {
    return JSON.stringify(body) ?? 'null'
  } catch {
    return 'null'
  }
}
