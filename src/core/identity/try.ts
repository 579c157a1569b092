import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/** One try of a password: whose account, and from where. Both are counted, whether they exist or not. */
export type Try = { readonly account: string; readonly caller: string | null }

/** @param account what tells one account from another: an e-mail's key, a customer's id, a token. */
export function tryOf(ctx: Context, account: string): Try {
  // A service asks for many people from one place.
  const address = ctx.actor.type === 'service' ? null : (ctx.caller?.address ?? null)
  return {
    account: ctx.keyring.mac('address', `account ${account}`),
    caller: address === null ? null : ctx.keyring.mac('address', `caller ${placeOf(address)}`),
  }
}

/** What many tries come from: an IP address, but of an IPv6 address the network, for who has one has 2^64. */
export function placeOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const start = head.split(':').filter(Boolean)
  const end = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - start.length - end.length) }, () => '0')
  return [...start, ...zeros, ...end].slice(0, 4).join(':')
}

/**
 * Counts a try as failed before it is made, so that many at once cannot outrun the count. {@link refuseWait} reads what it answers.
 * @param whose the account by its id or its address; neither: nobody's.
 */
export const reserveTry = (
  { tenant, now }: Context,
  { account, caller }: Try,
  { customerId = null, emailKey = null }: Whose = {},
) => query.reserveTry({ tenant, account, caller, customerId, emailKey, now: now.toISOString() })

type Whose = { readonly customerId?: string | null; readonly emailKey?: string | null }

/** Refuses `too_many_attempts` when the next try is to wait. */
export function refuseWait([reserved]: readonly { readonly seconds: number }[]): void {
  const seconds = reserved?.seconds ?? 0
  if (seconds > 0) throw new Refusal('too_many_attempts', { retryAfter: seconds })
}

/** @param forget the password was the account's own, so that its failures count no more; else only this try does not. */
export const releaseTry = (
  { tenant }: Context,
  { account, caller }: Try,
  { forget }: { readonly forget: boolean },
) => query.releaseTry({ tenant, account, caller, forget })
