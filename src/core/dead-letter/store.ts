import { commitWithoutKey, type Runner } from '#core/context'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

/** The tenant key of dead letters that belong to no configured tenant. The operator handles them. No tenant can have this key. */
export const OPERATOR_TENANT = ''

/** The kind of a message that names no job. */
export const UNREADABLE_MESSAGE_KIND = 'unreadable'

export type GivenUpMessage = {
  readonly kind: string
  /** The job's id, or the message's if it is no job. */
  readonly subject: string
  /** The message as JSON. */
  readonly body: string
  /** The payload (JSON) of a job that does the same work. Without it, the letter can be replayed only if it was a job. */
  readonly payload?: string
  readonly attempts: number
  /** Whether the work is in a job's row. Without that row, there is nothing left to do or to store. */
  readonly isJob: boolean
}

type Place = { readonly tenant: string; readonly queue: string }
type Burying = Pick<Runner, 'db' | 'outcome'> & { readonly now: Date }

/**
 * Stores messages that the queue gave up on, in place of their jobs, so that the relay does not send those for ever. A letter is
 * stored once. Returns the number of new letters.
 */
export async function storeDeadLetters(
  { db, outcome, now }: Burying,
  { tenant, queue }: Place,
  letters: readonly GivenUpMessage[],
): Promise<number> {
  const { buried } = await commitWithoutKey(
    { db, outcome },
    {
      buried: query.storeDeadLetters({
        tenant,
        queue,
        now: now.toISOString(),
        letters: letters.map((letter) => ({
          ...letter,
          id: newId('deadLetter', now),
          payload: letter.payload ?? null,
        })),
      }),
    },
  )
  return buried.length
}
