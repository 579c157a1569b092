import type { CallOptions } from './request.ts'

/** With an id in front, or without for the session's own. */
export function withId<T>(given: readonly unknown[]): [string, T, CallOptions | undefined] {
  const [id, input, options] = typeof given[0] === 'string' ? given : ['me', ...given]
  return [id as string, input as T, options as CallOptions | undefined]
}
