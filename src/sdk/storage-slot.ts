/** A storage in which a session outlives the page, such as `localStorage`. Scripts of the page can read it. */
export type SessionStorage = {
  /** The text of a key, or null. */
  readonly getItem: (key: string) => string | null
  /** Stores a text. */
  readonly setItem: (key: string, value: string) => void
  /** Removes a text. */
  readonly removeItem: (key: string) => void
}

/** A storage, or a function that opens it: a browser that blocks cookies throws when a page asks for `localStorage`. */
export type StorageSource = SessionStorage | (() => SessionStorage | null) | null | undefined

/** The place of one thing. */
export type Slot<T> = {
  readonly read: () => T | null
  readonly write: (content: T | null) => void
}

/** How a thing is written as a text. What cannot be read is null. */
export type Form<T> = {
  readonly format: (content: T) => string
  readonly parse: (text: string) => T | null
}

/**
 * Keeps a thing in a storage under a key. What the storage does not take stays in memory, until the storage holds something else. A
 * storage that is missing, full, blocked or spoilt never throws.
 */
export function storageSlot<T>(
  source: StorageSource,
  key: string,
  { format, parse }: Form<T>,
): Slot<T> {
  let unsaved: { readonly content: T | null; readonly over: string | null } | null = null

  function use<R>(work: (storage: SessionStorage) => R): R | null {
    try {
      const storage = typeof source === 'function' ? source() : source
      return storage ? work(storage) : null
    } catch {
      return null
    }
  }

  function stored(): string | null {
    const text: unknown = use((storage) => storage.getItem(key))
    return typeof text === 'string' ? text : null
  }

  const remove = () => use((storage) => storage.removeItem(key))

  function put(text: string): void {
    const set = () => use((storage) => storage.setItem(key, text))
    set()
    if (stored() === text) return
    // What is older must not stay: a refresh token in it is spent. Its room may be enough.
    remove()
    set()
  }

  return {
    read() {
      const text = stored()
      if (unsaved?.over === text) return unsaved.content
      unsaved = null
      return text === null ? null : parse(text)
    },
    write(content) {
      const text = content === null ? null : format(content)
      if (text === null) remove()
      else put(text)
      const over = stored()
      unsaved = over === text ? null : { content, over }
    },
  }
}
