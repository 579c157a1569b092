import { SESSION_KEY } from './session-store.ts'

/** Web Locks, for tabs that share a storage. */
type MaybeBrowser = {
  readonly navigator?: {
    readonly locks?: { request<T>(name: string, work: () => Promise<T>): Promise<T> }
  }
}

/** One tab after the other, where the browser has Web Locks and grants one. Elsewhere the service gives all tabs the same child. */
export function withTabLock<T>(work: () => Promise<T>): Promise<T> {
  const { locks } = (globalThis as MaybeBrowser).navigator ?? {}
  if (!locks) return work()
  let begun = false
  const begin = () => {
    begun = true
    return work()
  }
  return locks.request(SESSION_KEY, begin).catch((error: unknown) => {
    if (begun) throw error
    return work()
  })
}
