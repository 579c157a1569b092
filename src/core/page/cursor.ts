import { timingSafeEqual } from 'node:crypto'
import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'

/**
 * The position of the next page as one opaque word. It is encrypted, because a position has data of the list (an e-mail address, a
 * name) and travels in a URL. It is bound to the tenant and to the list, so that it works nowhere else.
 * @param list the identity of the list: its name, filters and sort, but not the size of a page.
 */
export const writeCursor = (ctx: Context, list: readonly unknown[], position: unknown): string =>
  ctx.keyring.seal('cursor', JSON.stringify(position), boundTo(ctx, list))

/**
 * `writeCursor`, signed instead of encrypted, which costs a third: for a position of ids and numbers without personal
 * data.
 */
export function signCursor(ctx: Context, list: readonly unknown[], position: unknown): string {
  const text = Buffer.from(JSON.stringify(position)).toString('base64url')
  return `${text}.${signatureOf(ctx, list, text)}`
}

type Parameter = { readonly name: string; readonly message: string }
const cursorParameter: Parameter = {
  name: 'cursor',
  message: 'Must be the `nextCursor` of a page of this list, with the same filters and order.',
}

/**
 * The position that `writeCursor` or `signCursor` wrote for the same list. Refuses `invalid_cursor`.
 * @param parameter that has the cursor, and what it must be.
 */
export function readCursor<P>(
  ctx: Context,
  list: readonly unknown[],
  cursor: string,
  { name, message }: Parameter = cursorParameter,
): P {
  const refusal = () =>
    new Refusal('invalid_cursor', { errors: [{ path: name, code: 'invalid_cursor', message }] })
  const [text = '', signature, ...rest] = cursor.split('.')
  try {
    if (rest.length > 0) throw refusal()
    if (signature === undefined)
      return JSON.parse(ctx.keyring.open('cursor', text, boundTo(ctx, list)))
    if (!isEqual(signature, signatureOf(ctx, list, text))) throw refusal()
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    throw refusal()
  }
}

const signatureOf = (ctx: Context, list: readonly unknown[], text: string): string =>
  ctx.keyring.mac('position', `${boundTo(ctx, list)}\n${text}`)

/** Compares in a time that does not depend on where the texts differ. */
function isEqual(given: string, right: string): boolean {
  const [givenBytes, rightBytes] = [Buffer.from(given), Buffer.from(right)]
  return givenBytes.length === rightBytes.length && timingSafeEqual(givenBytes, rightBytes)
}

const boundTo = (ctx: Context, list: readonly unknown[]): string =>
  JSON.stringify([ctx.tenant, ...list])
