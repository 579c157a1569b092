import { type SQL, sql } from 'drizzle-orm'
import { type Context, maybe, one } from '#core/context'
import type { Statement } from '#db/statement'
import { Refusal } from '#kernel/error'

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
 * Counts a try as failed before it is made, so that many at once cannot outrun the count. Seconds to wait; 0: go ahead.
 * @param customerId whose account it is; null for nobody's.
 */
export const reserveTry = (
  ctx: Context,
  { account, caller }: Try,
  customerId: SQL,
): Statement<Wait, 'write'> =>
  one<Wait>(
    sql`select reserve_try(${ctx.tenant}, ${account}, ${caller}::text, (${customerId}), ${ctx.now.toISOString()}::timestamptz) as seconds`,
  )

type Wait = { readonly seconds: number }

/** Refuses `too_many_attempts` when it is to wait. */
export function heedWait({ seconds }: Wait): void {
  if (seconds > 0) throw new Refusal('too_many_attempts', { retryAfter: seconds })
}

/** @param forget the password was the account's own, so that its failures count no more; else only this try does not. */
export const settleTry = (
  ctx: Context,
  { account, caller }: Try,
  { forget }: { readonly forget: boolean },
): Statement<unknown, 'write'> =>
  maybe(sql`select settle_try(${ctx.tenant}, ${account}, ${caller}::text, ${forget}::boolean)`)
