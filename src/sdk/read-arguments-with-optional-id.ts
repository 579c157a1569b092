import type { CallOptions } from './request.ts'

/** Reads arguments with a leading id, or without one for the session's own customer. */
export function readArgumentsWithOptionalId<T>(
  given: readonly unknown[],
): [string, T, CallOptions | undefined] {
  const [id, input, options] = typeof given[0] === 'string' ? given : ['me', ...given]
  return [id as string, input as T, options as CallOptions | undefined]
}
