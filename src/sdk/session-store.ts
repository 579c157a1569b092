/** The tokens of a login. */
export type Tokens = {
  readonly accessToken: string
  /** It can be used once: the answer has the next. */
  readonly refreshToken?: string | undefined
  /** The customer's id, where it is known. */
  readonly userId?: string | undefined
}

/** Tokens, and the access token of the session that they were refreshed from, where that one named no customer. */
export type Kept = Tokens & { readonly root?: string | undefined }

/** A storage in which a session outlives the page, such as `localStorage`. Scripts of the page can read it. */
export type SessionStorage = {
  readonly getItem: (key: string) => string | null
  readonly setItem: (key: string, value: string) => void
  readonly removeItem: (key: string) => void
}

/** A storage, or a function that opens it: a browser that blocks cookies throws when a page asks for `localStorage`. */
export type StorageSource = SessionStorage | (() => SessionStorage | null) | null | undefined

/** A session, the mark of one that has ended, or nothing. */
type Content = Kept | 'ended' | null

export type SessionStore = {
  readonly read: () => Content
  readonly write: (content: Content) => void
}

/** The key in the storage, and the name of the lock of its tabs. */
export const KEY = 'commerce.session'
const ENDED = '{"ended":true}'

/**
 * Keeps a session in a storage. What the storage does not take stays in memory, until the storage holds something else. A storage
 * that is missing, full, blocked or spoilt never throws: what cannot be read is no session.
 */
export function keepIn(source: StorageSource): SessionStore {
  let unsaved: { readonly kept: Content; readonly over: string | null } | null = null

  function use<T>(work: (storage: SessionStorage) => T): T | null {
    try {
      const storage = typeof source === 'function' ? source() : source
      return storage ? work(storage) : null
    } catch {
      return null
    }
  }

  function stored(): string | null {
    const text: unknown = use((storage) => storage.getItem(KEY))
    return typeof text === 'string' ? text : null
  }

  const remove = () => use((storage) => storage.removeItem(KEY))

  function put(text: string): void {
    const set = () => use((storage) => storage.setItem(KEY, text))
    set()
    if (stored() === text) return
    // An older session must not stay: its refresh token is spent. Its room may be enough.
    remove()
    set()
  }

  return {
    read() {
      const text = stored()
      if (unsaved?.over === text) return unsaved.kept
      unsaved = null
      return parse(text)
    },
    write(kept) {
      const text = kept === 'ended' ? ENDED : kept && JSON.stringify(kept)
      if (text === null) remove()
      else put(text)
      const over = stored()
      unsaved = over === text ? null : { kept, over }
    },
  }
}

function parse(text: string | null): Content {
  if (text === ENDED) return 'ended'
  try {
    const value = JSON.parse(text ?? 'null')
    return isTokens(value) ? value : null
  } catch {
    return null
  }
}

/** Anything else makes no header. */
const TOKEN = /^[!-~]+$/

const isTokens = (value: { [K in keyof Tokens]?: unknown } | null): value is Tokens =>
  typeof value?.accessToken === 'string' &&
  TOKEN.test(value.accessToken) &&
  typeof (value.refreshToken ?? '') === 'string'
