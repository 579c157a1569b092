import type { Context } from '#core/context'
import { type Id, isId, newId } from '#kernel/id'
import { mailTokenSecretHash } from './mail-token.ts'
import { mailTokenInText } from './pasted-mail-token.ts'

/** The content of a handle, which only this service can read. */
export type LoginHandle = {
  readonly id: Id<'loginHandle'>
  /** The key of the address that the codes are mailed to. */
  readonly emailKey: string
  readonly text: string
}

const PREFIX = 'lh_'
const DIGITS = 6

/** A handle for codes to an address. A code is valid only with its handle. So a stranger's request or try cannot end it. */
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

/** The stored form of a code. It is a keyed hash, because all million codes can be tried quickly. It is bound to the handle and so to the address. */
export const loginCodeHash = (
  { keyring, tenant }: Context,
  { id, emailKey }: LoginHandle,
  digits: string,
): string => keyring.mac('login-code', `hash ${tenant} ${id} ${emailKey} ${digits}`)

/** The hashes of what a shopper typed or pasted: as a code, and as the token of a link. */
export function typedCodeHashes(ctx: Context, handle: LoginHandle, typed: string) {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}]/gu, '')
  const [subject, , secret = ''] = mailTokenInText(typed).split('.')
  return {
    asCode: loginCodeHash(ctx, handle, digits),
    asLink: subject === handle.id ? mailTokenSecretHash(secret) : null,
  }
}
