import { buryLetters, type GivenUp } from '#core/dead-letter'
import { Bug } from '#kernel/error'
import { errorFields, log } from '#kernel/log'
import { type Runtime, systemContext } from '../runtime.ts'
import { inHalves } from './halve.ts'
import { putBack, readMessage, readTenant } from './message.ts'
import { readOrder } from './order.ts'
import { performers } from './perform.ts'

/**
 * Keeps in the database what a queue gave up on, so that nothing is lost when the queue forgets it. A message that names no
 * tenant of ours is kept with the first one that is configured, for it must be seen by somebody.
 */
export async function bury(batch: MessageBatch, runtime: Runtime): Promise<void> {
  const byTenant = Map.groupBy(batch.messages, (message) => ownerOf(message, runtime))
  for (const [tenant, messages] of byTenant) await settle(tenant, messages, batch.queue, runtime)
}

function ownerOf({ body }: Message, { config }: Runtime): string {
  const named = readTenant(body)
  if (typeof named === 'string' && config.tenants.has(named)) return named
  const [first] = config.tenants.keys()
  if (first === undefined) throw new Bug('no tenant is configured')
  return first
}

function settle(
  tenant: string,
  messages: readonly Message[],
  queue: string,
  runtime: Runtime,
): Promise<void> {
  return inHalves(
    messages,
    async (some) => {
      const letters = some.map((message) => toLetter(message, tenant))
      const kept = await buryLetters(systemContext(runtime, tenant, 'bury'), queue, letters)
      for (const message of some) message.ack()
      if (kept > 0) log('error', 'dead letters', { tenant, queue, kept })
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
    // As a job it can be replayed.
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

/** A queue also carries what JSON has no word for. */
function toJson(body: unknown): string {
  try {
    return JSON.stringify(body) ?? 'null'
  } catch {
    return 'null'
  }
}
