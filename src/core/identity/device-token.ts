import type { Context } from '#core/context'
import { isId } from '#kernel/id'

/** What a token of a device says: that the holder has logged in to an account. */
export type KnownDevice = {
  readonly customerId: string
  /** The session with which the token was issued. Failures of the device are counted under its id. */
  readonly sessionId: string
  /** The account's device epoch when the token was issued. A change of the account's epoch voids the token. */
  readonly epoch: number
}

const PREFIX = 'dt_'
const LIVES_DAYS = 400
const DAY_MS = 86_400_000

/** Makes a device token (a device cookie, as OWASP calls it). It is sealed and bound to its tenant, and lives 400 days. */
export function makeDeviceToken(
  { keyring, tenant, now }: Context,
  { customerId, sessionId, epoch }: KnownDevice,
): string {
  const until = Math.floor(now.getTime() / DAY_MS) + LIVES_DAYS
  const said = [customerId, sessionId, epoch, until].join(' ')
  return PREFIX + keyring.seal('device-token', said, tenant)
}

/** Null for a text that this service did not make for this tenant, or that is too old. The answer to the caller is the same. */
export function readDeviceToken(
  { keyring, tenant, now }: Context,
  text: string | undefined,
): KnownDevice | null {
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
