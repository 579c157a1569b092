import { type Form, type Slot, type StorageSource, storageSlot } from './storage-slot.ts'

/** The tokens of a login. */
export type Tokens = {
  /** Sent with each call of the shopper. It is valid for 900 seconds. */
  readonly accessToken: string
  /** It works once. Each refresh returns a new one. */
  readonly refreshToken?: string | undefined
  /** The customer's id, where it is known. */
  readonly userId?: string | undefined
  /** It says that this device has logged in. The client keeps it after the end of the session. */
  readonly deviceToken?: string | undefined
}

/** Tokens, and the access token of the session that they were refreshed from, where that one named no customer. */
export type Kept = Tokens & { readonly root?: string | undefined }

/** A session, or the mark of one that has ended. */
type Content = Kept | 'ended'

/** The key in the storage, and the name of the lock of its tabs. */
export const SESSION_KEY = 'commerce.session'
const ENDED = '{"ended":true}'

/** Anything else makes no header. */
const TOKEN = /^[!-~]+$/

const form: Form<Content> = {
  format: (content) => (content === 'ended' ? ENDED : JSON.stringify(content)),
  parse(text) {
    if (text === ENDED) return 'ended'
    try {
      const value = JSON.parse(text)
      return isTokens(value) ? value : null
    } catch {
      return null
    }
  },
}

const isTokens = (value: { [K in keyof Tokens]?: unknown } | null): value is Tokens =>
  typeof value?.accessToken === 'string' &&
  TOKEN.test(value.accessToken) &&
  typeof (value.refreshToken ?? '') === 'string'

/** Keeps a session in a storage. What cannot be read is no session. */
export const sessionSlot = (source: StorageSource): Slot<Content> =>
  storageSlot(source, SESSION_KEY, form)
