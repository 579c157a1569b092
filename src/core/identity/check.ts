import { type Context, commitQuietly } from '#core/context'
import { Refusal } from '#kernel/error'
import { releaseTry, type Try } from './try.ts'

/** Takes a try off the count when nobody could say whether its password was right. */
export async function releasedWhenAway<T>(
  ctx: Context,
  tried: Try,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'issuer_unavailable') {
      await commitQuietly(ctx, { released: releaseTry(ctx, tried, { forget: false }) })
    }
    throw error
  }
}
