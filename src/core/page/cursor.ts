import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'

/**
 * Where a list goes on, as one opaque word: encrypted, for a position is made of what is listed (an e-mail address, a name) and
 * travels in a URL; and bound to the tenant and to the list, so that it goes on nowhere else.
 * @param list what tells this list from every other: its name, filters and sort, but not how many a page holds.
 */
export const writeCursor = (ctx: Context, list: readonly unknown[], position: unknown): string =>
  ctx.keyring.seal('cursor', JSON.stringify(position), boundTo(ctx, list))

/** The position that `writeCursor` wrote for the same list. Refuses `invalid_cursor`. */
export function readCursor<P>(ctx: Context, list: readonly unknown[], cursor: string): P {
  try {
    return JSON.parse(ctx.keyring.open('cursor', cursor, boundTo(ctx, list)))
  } catch {
    throw new Refusal('invalid_cursor')
  }
}

const boundTo = (ctx: Context, list: readonly unknown[]): string =>
  JSON.stringify([ctx.tenant, ...list])
