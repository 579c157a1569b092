import { timingSafeEqual } from 'node:crypto'
import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'

/**
 * Where a list goes on, as one opaque word: encrypted, for a position is made of what is listed (an e-mail address, a name) and
 * travels in a URL; and bound to the tenant and to the list, so that it goes on nowhere else.
 * @param list what tells this list from every other: its name, filters and sort, but not how many a page holds.
 */
export const writeCursor = (ctx: Context, list: readonly unknown[], position: unknown): string =>
  ctx.keyring.seal('cursor', JSON.stringify(position), boundTo(ctx, list))

/**
 * The same, signed instead of encrypted, which costs a third: for a position of ids and numbers that say nothing about
 * anyone.
 */
export function signCursor(ctx: Context, list: readonly unknown[], position: unknown): string {
  const text = Buffer.from(JSON.stringify(position)).toString('base64url')
  return `${text}.${signatureOf(ctx, list, text)}`
}

/** The position that `writeCursor` or `signCursor` wrote for the same list. Refuses `invalid_cursor`. */
export function readCursor<P>(ctx: Context, list: readonly unknown[], cursor: string): P {
  const [text = '', signature, ...rest] = cursor.split('.')
  try {
    if (rest.length > 0) throw new Refusal('invalid_cursor')
    if (signature === undefined)
      return JSON.parse(ctx.keyring.open('cursor', text, boundTo(ctx, list)))
    if (!isEqual(signature, signatureOf(ctx, list, text))) throw new Refusal('invalid_cursor')
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    throw new Refusal('invalid_cursor')
  }
}

const signatureOf = (ctx: Context, list: readonly unknown[], text: string): string =>
  ctx.keyring.mac('position', `${boundTo(ctx, list)}\n${text}`)

/** In a time that tells nothing of where they differ. */
function isEqual(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}

const boundTo = (ctx: Context, list: readonly unknown[]): string =>
  JSON.stringify([ctx.tenant, ...list])
