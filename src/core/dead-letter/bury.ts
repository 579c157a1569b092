import { type Context, commitQuietly } from '#core/context'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

export type GivenUp = {
  readonly kind: string
  /** The job's id; of what is no job, the message's. */
  readonly subject: string
  /** The message as JSON. */
  readonly body: string
  /** As JSON, what a job would be about that does the same; without it only a job can be replayed. */
  readonly payload?: string
  readonly attempts: number
  /** A kind whose work is in the job's row: without one there is nothing left to do, and nothing to keep. */
  readonly isJob: boolean
}

/**
 * Stores what the queue gave up on, with its job's row, so that the relay does not send it for ever. The same letter twice is
 * stored once. Returns how many are new.
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
