import type { SessionStorage } from '../../src/sdk/index.ts'

/** A storage that does what a browser's does; a test may break a part of it. */
export function memory(broken: Partial<SessionStorage> = {}) {
  const kept = new Map<string, string>()
  const storage: SessionStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
  return { kept, storage: { ...storage, ...broken } }
}

export const full = () => {
  throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
}
export const blocked = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError')
}
