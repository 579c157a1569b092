import type { Context } from '#core/context'
import { type Id, isId, newId } from '#kernel/id'
import { hashOfSecret } from './mail-token.ts'
import { tokenIn } from './mailed-token.ts'

/** The content of a handle, which only this service can read. */
export type LoginHandle = {
  readonly id: Id<'loginHandle'>
  /** The key of the address that the codes are mailed to. */
  readonly emailKey: string
  readonly text: string
}

const PREFIX = 'lh_'
const DIGITS = 6

/** A handle for codes to an address. Its codes are good only with it, so nobody else's request or try ends them. */
export function makeLoginHandle(ctx: Context, emailKey: string): LoginHandle {
  const id = newId('loginHandle', ctx.now)
  const text = PREFIX + ctx.keyring.seal('login-handle', `${id} ${emailKey}`, ctx.tenant)
  return { id, emailKey, text }
}

/** Null for a text that was not made here and for this tenant. */
export function readLoginHandle(
  { keyring, tenant }: Context,
  text: string | undefined,
): LoginHandle | null {
  if (text === undefined || !text.startsWith(PREFIX)) return null
  try {
    const [id = '', emailKey = ''] = keyring
      .open('login-handle', text.slice(PREFIX.length), tenant)
      .split(' ')
    return isId('loginHandle', id) ? { id, emailKey, text } : null
  } catch {
    return null
  }
}

/** The code with this id: six digits that follow from the master secret. It is stored nowhere, and computed when the mail is sent. */
export function loginCodeText(
  { keyring, tenant }: Pick<Context, 'keyring' | 'tenant'>,
  codeId: string,
): string {
  const drawn = Buffer.from(keyring.mac('login-code', `digits ${tenant} ${codeId}`), 'base64url')
  return String(drawn.readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** What is stored of a code: a keyed hash, for a million codes are quickly tried. It is bound to the handle and so to the address. */
export const loginCodeHash = (
  { keyring, tenant }: Context,
  { id, emailKey }: LoginHandle,
  digits: string,
): string => keyring.mac('login-code', `hash ${tenant} ${id} ${emailKey} ${digits}`)

/** What a shopper typed or pasted: the hashes that it would have as a code and as the token of a link. */
export function typedHashes(ctx: Context, handle: LoginHandle, typed: string) {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}]/gu, '')
  const [subject, , secret = ''] = tokenIn(typed).split('.')
  return {
    asCode: loginCodeHash(ctx, handle, digits),
    asLink: subject === handle.id ? hashOfSecret(secret) : null,
  }
}
