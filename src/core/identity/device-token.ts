import type { Context } from '#core/context'
import { isId } from '#kernel/id'

/** What a token of a device says: that the holder has logged in to an account. */
export type Device = {
  readonly customerId: string
  /** The session that it came with first: its failures are counted under this name. */
  readonly sessionId: string
  /** That of the account when the token was made. Another one voids it. */
  readonly epoch: number
}

const PREFIX = 'dt_'
const LIVES_DAYS = 400
const DAY_MS = 86_400_000

/** Makes the token of a device (OWASP's device cookie). It is sealed and bound to its tenant, and lives 400 days. */
export function makeDeviceToken(
  { keyring, tenant, now }: Context,
  { customerId, sessionId, epoch }: Device,
): string {
  const until = Math.floor(now.getTime() / DAY_MS) + LIVES_DAYS
  const said = [customerId, sessionId, epoch, until].join(' ')
  return PREFIX + keyring.seal('device-token', said, tenant)
}

/** Null for a text that was not made here and for this tenant, or is too old: it changes nothing that can be seen. */
export function readDeviceToken(
  { keyring, tenant, now }: Context,
  text: string | undefined,
): Device | null {
  if (text === undefined || !text.startsWith(PREFIX)) return null
  try {
    const said = keyring.open('device-token', text.slice(PREFIX.length), tenant)
    const [customerId = '', sessionId = '', epoch, until] = said.split(' ')
    if (!isId('customer', customerId) || Number(until) * DAY_MS <= now.getTime()) return null
    return { customerId, sessionId, epoch: Number(epoch) }
  } catch {
    return null
  }
}
