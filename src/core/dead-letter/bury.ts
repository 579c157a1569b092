import { type Context, commitQuietly } from '#core/context'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

export type GivenUp = {
  readonly kind: string
  /** The job's id, or the message's if it is no job. */
  readonly subject: string
  /** The message as JSON. */
  readonly body: string
  /** As JSON, the payload of a job that does the same. Without it, only a job can be replayed. */
  readonly payload?: string
  readonly attempts: number
  /** Whether the work is in a job's row. Without that row, there is nothing left to do or to store. */
  readonly isJob: boolean
}

/**
 * Stores messages that the queue gave up on, in place of their jobs, so that the relay does not send those for ever. A letter is
 * stored once. Returns the number of new letters.
 */
export async function buryLetters(
  ctx: Context,
  queue: string,
  letters: readonly GivenUp[],
): Promise<number> {
  const { buried } = await commitQuietly(ctx, {
    buried: query.buryLetters({
      tenant: ctx.tenant,
      queue,
      now: ctx.now.toISOString(),
      letters: letters.map((letter) => ({
        ...letter,
        id: newId('deadLetter', ctx.now),
        payload: letter.payload ?? null,
      })),
    }),
  })
  return buried.length
}
