import {
  type Context,
  commitWithoutEvent,
  commitWithoutKey,
  mustHaveScope,
  type Runner,
  read,
} from '#core/context'
import { type OrderMessage, readOrderMessage } from '#core/order'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { OPERATOR_TENANT, UNREADABLE_MESSAGE_KIND } from './store.ts'
import type { DeadLetter } from './view.ts'

/**
 * Restores a dead letter's job and sends it once more. An unreadable message is read again, by the present code. A further failure makes
 * a new letter. A letter that was replayed before stays as it is. Refuses `dead_letter_not_found`, `dead_letter_unreadable`.
 */
export async function replayDeadLetter(ctx: Context, id: string): Promise<DeadLetter> {
  mustHaveScope(ctx, 'webhook:write')
  const { tenant, now, outcome } = ctx
  const replay = async (order: OrderMessage | null) => {
    const place = { tenant, id, to: tenant, job: null }
    const call = query.replayDeadLetter({ ...place, now: now.toISOString(), order })
    const { answer } = await commitWithoutEvent(ctx, { answer: call.asAnswer(id) })
    return answer
  }
  const [row] = await replay(null).catch(async (error: unknown) => {
    if (!isUnreadable(error)) throw error
    const order = readOrderMessage((await findLetter(ctx, tenant, id)).message)
    if (order?.tenant !== tenant) throw error
    return replay(order)
  })
  if (row === undefined) throw new Refusal('dead_letter_not_found')
  const { letter, subject, isDue } = row
  if (isDue && !outcome.replayed) outcome.jobs.push({ tenant, id: subject, kind: letter.kind })
  return letter
}

const isUnreadable = (error: unknown): error is Refusal =>
  error instanceof Refusal && error.code === 'dead_letter_unreadable'

/** A letter with its whole message. Refuses `dead_letter_not_found`. */
async function findLetter(runner: Runner, tenant: string, id: string): Promise<DeadLetter> {
  const { found } = await read(runner, { found: query.findDeadLetter({ tenant, id }) })
  const [row] = found
  if (row === undefined) throw new Refusal('dead_letter_not_found')
  return row.letter
}

/** `findLetter` for a letter of the operator. */
export const findDeadLetterOfOperator = (runner: Runner, id: string): Promise<DeadLetter> =>
  findLetter(runner, OPERATOR_TENANT, id)

type Replayed = {
  /** The tenant that the message names. */
  readonly tenant: string
  /** Whether it has a job: cron sends it once that tenant is configured. Without one, nothing is left to do. */
  readonly hasJob: boolean
}

/**
 * Replays a letter of the operator for the tenant that its message names. Refuses `dead_letter_not_found`, and
 * `dead_letter_unreadable` for a message that names no tenant or nothing to do.
 */
export async function replayDeadLetterOfOperator(
  runner: Runner & { readonly now: Date },
  id: string,
): Promise<Replayed> {
  const { kind, message } = await findDeadLetterOfOperator(runner, id)
  const order = readOrderMessage(message)
  const to = order?.tenant ?? textIn(message, 'tenant')
  if (to === null || (kind === UNREADABLE_MESSAGE_KIND && order === null)) {
    throw new Refusal('dead_letter_unreadable')
  }
  const { db, outcome, now } = runner
  const { replayed } = await commitWithoutKey(
    { db, outcome },
    {
      replayed: query.replayDeadLetter({
        tenant: OPERATOR_TENANT,
        id,
        now: now.toISOString(),
        to,
        order,
        job: order === null ? textIn(message, 'id') : null,
      }),
    },
  )
  return { tenant: to, hasJob: replayed[0]?.hasJob ?? false }
}

function textIn(message: unknown, name: string): string | null {
  const value: unknown = Object(message)[name]
  return typeof value === 'string' ? value : null
}
