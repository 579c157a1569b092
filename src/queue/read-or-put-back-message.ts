import type { JobMessage } from '#core/context'
import { errorFields, log } from '#kernel/log'

/** The result of a reader for one message; null if it finds nothing or throws. So one bad message does not affect the others. */
export function readMessageSafely<T>(
  message: Message,
  read: (body: unknown) => T | null,
): T | null {
  try {
    return read(message.body)
  } catch (error) {
    log('error', 'message reader failed', { messageId: message.id, ...errorFields(error) })
    return null
  }
}

/** The job of a message; null when it names none. */
export function readMessage(body: unknown): JobMessage | null {
  if (typeof body !== 'object' || body === null) return null
  if (!('tenant' in body && 'id' in body && 'kind' in body)) return null
  const { tenant, id, kind } = body
  return isWord(tenant) && isWord(id) && isWord(kind) ? { tenant, id, kind } : null
}

/** The tenant of a message, even if the rest is unreadable; null when it names none. */
export const readTenantOfMessage = (body: unknown): string | null =>
  typeof body === 'object' && body !== null && 'tenant' in body && typeof body.tenant === 'string'
    ? body.tenant
    : null

const isWord = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w-]{1,64}$/.test(value)

const FIRST_DELAY = 5
const LONGEST_DELAY = 3600

/** Returns a message to the queue, with a longer delay each time, up to an hour. The queue counts its retries: 100 take almost four days. */
export function putBack(message: Message): void {
  message.retry({
    delaySeconds: Math.min(FIRST_DELAY * 2 ** (message.attempts - 1), LONGEST_DELAY),
  })
}
