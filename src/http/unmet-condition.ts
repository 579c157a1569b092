import type { Context as HonoContext } from 'hono'
import type { Env } from './env.ts'

/** Explains an If-Match or If-None-Match that does not hold. @param changed the fields that have changed since, where they are known. */
export function unmetCondition(c: HonoContext<Env>, changed: readonly string[] = []): string {
  const match = c.req.header('If-Match')
  const noneMatch = c.req.header('If-None-Match')
  if (match === undefined && noneMatch !== undefined) {
    return noneMatch.trim() === '*'
      ? 'It exists already, and `If-None-Match: *` asks for a new one. Read it, and send its `ETag` in `If-Match`.'
      : 'It has a version that `If-None-Match` excludes. Read it again before you change it.'
  }
  if (changed.length > 0) {
    return 'It has changed since the version in `If-Match`; `changed` names the fields. Read it again, and send its new `ETag`.'
  }
  return match?.trim() === '*'
    ? 'It does not exist, and `If-Match` asks for one that does. Create it without `If-Match`.'
    : 'It does not have the version in `If-Match`. Read it again, and send its new `ETag`.'
}
