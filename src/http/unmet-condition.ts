import type { Context as HonoContext } from 'hono'
import type { RefusalDetails } from '#kernel/error'
import type { Env } from './env.ts'
import { hasOnlyForeignTags } from './precondition.ts'

type Changed = readonly string[] | undefined

/**
 * Explains an If-Match or If-None-Match that does not hold. @param changed the fields that have changed since, where they are known.
 * A tag that this service never gave names no version, so nothing has changed since.
 */
export function unmetConditionDetails(
  c: HonoContext<Env>,
  changed: Changed,
): Pick<RefusalDetails, 'detail' | 'changed'> {
  const match = c.req.header('If-Match')
  if (match !== undefined && hasOnlyForeignTags(match))
    return { detail: FOREIGN, changed: undefined }
  // Without `If-Match` the caller has named no version since which something could have changed.
  if (match === undefined) return { detail: adviceOn(c, match), changed: undefined }
  return { detail: adviceOn(c, match, changed), changed }
}

const FOREIGN =
  'The tag in `If-Match` is not an `ETag` of this resource. Read it again, and send its `ETag`.'

function adviceOn(c: HonoContext<Env>, match: string | undefined, changed: Changed = []): string {
  const noneMatch = c.req.header('If-None-Match')
  if (match === undefined && noneMatch !== undefined) {
    return noneMatch.trim() === '*'
      ? 'The resource exists already, but `If-None-Match: *` requires that it does not exist. Read it, and send its `ETag` in `If-Match`.'
      : 'The resource has a version that `If-None-Match` excludes. Read it again before you change it.'
  }
  if (changed.length > 0) {
    return 'The resource has changed since the version in `If-Match`; `changed` names the fields. Read it again, and send its new `ETag`.'
  }
  return match?.trim() === '*'
    ? 'The resource does not exist, but `If-Match` requires that it exists. Create it without `If-Match`.'
    : 'The resource does not have the version in `If-Match`. Read it again, and send its new `ETag`.'
}
