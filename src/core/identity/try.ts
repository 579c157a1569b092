import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'

/** One try of a password: the account and the caller. Tries are counted by both, whether they exist or not. */
export type Try = { readonly account: string; readonly caller: string | null }

/** @param account the key of an account: an e-mail's key, a customer's id, a token. */
export function tryOf(ctx: Context, account: string): Try {
  // A service asks for many people from one place.
  const address = ctx.actor.type === 'service' ? null : (ctx.caller?.address ?? null)
  return {
    account: ctx.keyring.mac('address', `account ${account}`),
    caller: address === null ? null : ctx.keyring.mac('address', `caller ${placeOf(address)}`),
  }
}

/** The place that tries come from: an IPv4 address, or the network of an IPv6 address, for its owner has 2^64 of them. */
export function placeOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const start = head.split(':').filter(Boolean)
  const end = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - start.length - end.length) }, () => '0')
  return [...start, ...zeros, ...end].slice(0, 4).join(':')
}

/**
 * Counts a try as failed before it is made, so that concurrent tries cannot outrun the count. {@link refuseWait} reads its answer.
 * @param whose the account by its id or its address; neither: there is no account.
 */
export const reserveTry = (
  { tenant, now }: Context,
  { account, caller }: Try,
  { customerId = null, emailKey = null }: Whose = {},
) => query.reserveTry({ tenant, account, caller, customerId, emailKey, now: now.toISOString() })

type Whose = { readonly customerId?: string | null; readonly emailKey?: string | null }

/** Refuses `too_many_attempts` if the next try has to wait. */
export function refuseWait([reserved]: readonly { readonly seconds: number }[]): void {
  const seconds = reserved?.seconds ?? 0
  if (seconds > 0) throw new Refusal('too_many_attempts', { retryAfter: seconds })
}

/** @param forget true: the password was right, and all failures of the account are deleted. False: only this try is taken off. */
export const releaseTry = (
  { tenant }: Context,
  { account, caller }: Try,
  { forget }: { readonly forget: boolean },
) => query.releaseTry({ tenant, account, caller, forget })
