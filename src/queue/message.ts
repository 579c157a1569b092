import type { JobMessage } from '#core/context'

/** The job a message names; null when it names none. */
export function readMessage(body: unknown): JobMessage | null {
  if (typeof body !== 'object' || body === null) return null
  const { tenant, id, kind } = body as Record<string, unknown>
  return isWord(tenant) && isWord(id) && isWord(kind) ? { tenant, id, kind } : null
}

/** Whose message it is, whatever else it says; undefined when it does not say. */
export const readTenant = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'tenant' in body ? body.tenant : undefined

const isWord = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w-]{1,64}$/.test(value)

const FIRST_DELAY = 5
const LONGEST_DELAY = 3600

/** Back to the queue, for longer each time. The queue counts; after its last try the message goes to the dead letters. */
export function putBack(message: Message): void {
  message.retry({
    delaySeconds: Math.min(FIRST_DELAY * 2 ** (message.attempts - 1), LONGEST_DELAY),
  })
}
