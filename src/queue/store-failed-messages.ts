import { isDatabaseUnavailable, type JobMessage } from '#core/context'
import {
  type GivenUpMessage,
  OPERATOR_TENANT,
  storeDeadLetters,
  UNREADABLE_MESSAGE_KIND,
} from '#core/dead-letter'
import { readOrderMessage } from '#core/order'
import { errorFields, log } from '#kernel/log'
import { operatorContext, type Runtime, systemContext } from '../runtime.ts'
import { messageToJson } from './message-to-json.ts'
import { performers } from './performers.ts'
import { processSetHalvingOnFailure } from './process-set-halving-on-failure.ts'
import {
  putBack,
  readMessage,
  readMessageSafely,
  readTenantOfMessage,
} from './read-or-put-back-message.ts'

type Buried = { readonly message: Message; readonly letter: GivenUpMessage }

/** The most characters of letters that one statement stores. */
const AT_ONCE = 2 ** 21

/**
 * Stores messages that have failed for good as dead letters, because the queue would delete them. A message of no configured tenant is the operator's: no
 * tenant sees it.
 */
export async function storeFailedMessages(
  batch: Pick<MessageBatch, 'queue' | 'messages'>,
  runtime: Runtime,
): Promise<void> {
  const byTenant = Map.groupBy(batch.messages, (message) => ownerOf(message, runtime))
  for (const [tenant, messages] of byTenant) {
    const letters = messages.map((message) => ({ message, letter: toLetter(message, tenant) }))
    for (const some of inParcels(letters)) await storeLetters(tenant, some, batch.queue, runtime)
  }
}

function ownerOf(message: Message, { config }: Runtime): string {
  const named = readMessageSafely(message, readTenantOfMessage)
  return named !== null && config.tenants.has(named) ? named : OPERATOR_TENANT
}

/** Letters in order, in lists that one statement can take. */
function inParcels(letters: readonly Buried[]): Buried[][] {
  const parcels: Buried[][] = []
  let room = 0
  for (const one of letters) {
    const { length } = one.letter.body
    if (length > room) {
      parcels.push([])
      room = Math.max(AT_ONCE, length)
    }
    parcels.at(-1)?.push(one)
    room -= length
  }
  return parcels
}

function storeLetters(
  tenant: string,
  letters: readonly Buried[],
  queue: string,
  runtime: Runtime,
): Promise<void> {
  const store = async (some: readonly Buried[]) => {
    const runner =
      tenant === OPERATOR_TENANT ? operatorContext(runtime) : systemContext(runtime, tenant, 'bury')
    const given = some.map(({ letter }) => letter)
    const stored = await storeDeadLetters(runner, { tenant, queue }, given)
    for (const { message } of some) message.ack()
    if (stored > 0) log('error', 'dead letters', { tenant: tenant || null, queue, kept: stored })
  }
  return processSetHalvingOnFailure(letters, store, async (some, error) => {
    log('error', 'dead letter not kept', { tenant, queue, ...errorFields(error) })
    const [one] = some
    if (one !== undefined && !isDatabaseUnavailable(error) && !isBare(one.letter)) {
      return storeLetters(tenant, [{ ...one, letter: bare(one) }], queue, runtime)
    }
    for (const { message } of some) putBack(message)
  })
}

/** If Postgres refuses a letter, it is stored as text, without its job. */
const bare = ({ message, letter }: Buried): GivenUpMessage => ({
  kind: UNREADABLE_MESSAGE_KIND,
  subject: message.id,
  body: JSON.stringify(letter.body),
  attempts: letter.attempts,
  isJob: false,
})
const isBare = ({ kind, body }: GivenUpMessage): boolean =>
  kind === UNREADABLE_MESSAGE_KIND && body.startsWith('"')

function toLetter(message: Message, tenant: string): GivenUpMessage {
  const { id, attempts } = message
  const body = readMessageSafely(message, messageToJson) ?? '"(not readable)"'
  const order = readMessageSafely(message, readOrderMessage)
  if (order !== null) {
    // It can be replayed as a job.
    const payload = JSON.stringify(order)
    return { kind: 'order', subject: id, body, payload, attempts, isJob: false }
  }
  const job = readMessageSafely(message, readMessage)
  if (job === null || saysMore(message.body, job)) {
    return { kind: UNREADABLE_MESSAGE_KIND, subject: id, body, attempts, isJob: false }
  }
  // The row of a job of a tenant that is not configured stays. Other such tenants may have a job of this id.
  if (tenant === OPERATOR_TENANT)
    return { kind: job.kind, subject: id, body, attempts, isJob: false }
  return { kind: job.kind, subject: job.id, body, attempts, isJob: hasRow(job.kind) }
}

function hasRow(kind: string): boolean {
  const performer = performers.get(kind)
  return performer !== undefined && !('alone' in performer && performer.wakes)
}

/** Whether a message of an unknown kind has data besides its job, which a replay of the job would lose. */
const saysMore = (body: unknown, { kind }: JobMessage): boolean =>
  !performers.has(kind) && Object.keys(body as object).length > 3
