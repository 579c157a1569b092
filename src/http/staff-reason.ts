import type { Context as HonoContext } from 'hono'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'

const MOST = 500

/**
 * The reason that staff gives for a request without a body: `X-Reason`, percent-encoded, at most 500 characters; null without one. Refuses
 * `malformed_request`.
 */
export function readStaffReason(c: HonoContext<Env>): string | null {
  const written = c.req.header('X-Reason')
  if (written === undefined) return null
  const reason = decoded(written)?.trim()
  if (reason === undefined || [...reason].length > MOST || /\p{Cc}/u.test(reason)) {
    throw new Refusal('malformed_request', {
      detail:
        '`X-Reason` must be percent-encoded UTF-8, of at most 500 characters and without line breaks.',
    })
  }
  return reason === '' ? null : reason
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
