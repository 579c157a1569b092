import { type Context, commitQuietly } from '#core/context'
import { Refusal } from '#kernel/error'
import { type CountedTry, releaseTry } from './try.ts'

const untried: ReadonlySet<string> = new Set([
  'issuer_unavailable',
  'invalid_input',
  'too_many_requests',
])

/** Takes a try off the count, although the request is refused. */
export async function releaseNow(
  ctx: Context,
  tried: CountedTry,
  { forget }: { readonly forget: boolean },
): Promise<void> {
  await commitQuietly(ctx, { released: releaseTry(ctx, tried, { forget }) })
  const { left } = ctx.outcome
  if (left !== null) ctx.outcome.left = { ...left, remaining: left.whenDone }
}

/**
 * Takes a try off the count when no password was tried: the provider could not check it, a new one is too weak, or the line of hashes
 * had no room.
 */
export async function releasedWhenAway<T>(
  ctx: Context,
  tried: CountedTry,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && untried.has(error.code)) {
      await releaseNow(ctx, tried, { forget: false })
    }
    throw error
  }
}
