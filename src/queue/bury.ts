import { isAway, type JobMessage } from '#core/context'
import { buryLetters, type GivenUp, OPERATOR, UNREADABLE } from '#core/dead-letter'
import { findOrder } from '#core/order'
import { errorFields, log } from '#kernel/log'
import { operatorRunner, type Runtime, systemContext } from '../runtime.ts'
import { inHalves } from './halve.ts'
import { putBack, readAlone, readMessage, readTenant } from './message.ts'
import { performers } from './perform.ts'
import { toJson } from './text.ts'

type Buried = { readonly message: Message; readonly letter: GivenUp }

/** The most characters of letters that one statement stores. */
const AT_ONCE = 2 ** 21

/**
 * Stores messages that are given up, instead of the queue, which deletes them. A message of no configured tenant is the operator's: no
 * tenant sees it.
 */
export async function bury(
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
  const named = readAlone(message, readTenant)
  return named !== null && config.tenants.has(named) ? named : OPERATOR
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
      tenant === OPERATOR ? operatorRunner(runtime) : systemContext(runtime, tenant, 'bury')
    const given = some.map(({ letter }) => letter)
    const stored = await buryLetters(runner, { tenant, queue }, given)
    for (const { message } of some) message.ack()
    if (stored > 0) log('error', 'dead letters', { tenant: tenant || null, queue, kept: stored })
  }
  return inHalves(letters, store, async (some, error) => {
    log('error', 'dead letter not kept', { tenant, queue, ...errorFields(error) })
    const [one] = some
    if (one !== undefined && !isAway(error) && !isBare(one.letter)) {
      return storeLetters(tenant, [{ ...one, letter: bare(one) }], queue, runtime)
    }
    for (const { message } of some) putBack(message)
  })
}

/** A letter that Postgres does not take is stored as text, without the job that it names. */
const bare = ({ message, letter }: Buried): GivenUp => ({
  kind: UNREADABLE,
  subject: message.id,
  body: JSON.stringify(letter.body),
  attempts: letter.attempts,
  isJob: false,
})
const isBare = ({ kind, body }: GivenUp): boolean => kind === UNREADABLE && body.startsWith('"')

function toLetter(message: Message, tenant: string): GivenUp {
  const { id, attempts } = message
  const body = readAlone(message, toJson) ?? '"(not readable)"'
  const order = readAlone(message, findOrder)
  if (order !== null) {
    // It can be replayed as a job.
    const payload = JSON.stringify(order)
    return { kind: 'order', subject: id, body, payload, attempts, isJob: false }
  }
  const job = readAlone(message, readMessage)
  if (job === null || saysMore(message.body, job)) {
    return { kind: UNREADABLE, subject: id, body, attempts, isJob: false }
  }
  // The row of a job of a tenant that is not configured stays. Other such tenants may have a job of this id.
  if (tenant === OPERATOR) return { kind: job.kind, subject: id, body, attempts, isJob: false }
  return { kind: job.kind, subject: job.id, body, attempts, isJob: hasRow(job.kind) }
}

function hasRow(kind: string): boolean {
  const performer = performers.get(kind)
  return performer !== undefined && !('alone' in performer && performer.wakes)
}

/** Whether a message of an unknown kind has data besides its job, which a replay of the job would lose. */
const saysMore = (body: unknown, { kind }: JobMessage): boolean =>
  !performers.has(kind) && Object.keys(body as object).length > 3
