import { type Context, commitWithoutKey } from '#core/context'
import { Refusal } from '#kernel/error'
import { type CountedTry, releaseTryCall } from './proof-try.ts'

const untried: ReadonlySet<string> = new Set([
  'issuer_unavailable',
  'invalid_input',
  'too_many_requests',
])

/** Takes a try off the count, although the request is refused. */
export async function releaseTryNow(
  ctx: Context,
  tried: CountedTry,
  { forget }: { readonly forget: boolean },
): Promise<void> {
  await commitWithoutKey(ctx, { released: releaseTryCall(ctx, tried, { forget }) })
  const { left } = ctx.outcome
  if (left !== null) ctx.outcome.left = { ...left, remaining: left.whenDone }
}

/**
 * Does the work. Takes the try off the count if it tried no password: the provider was away, a new password was too weak, or the queue of hashes was full.
 */
export async function workOrReleaseTry<T>(
  ctx: Context,
  tried: CountedTry,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && untried.has(error.code)) {
      await releaseTryNow(ctx, tried, { forget: false })
    }
    throw error
  }
}
