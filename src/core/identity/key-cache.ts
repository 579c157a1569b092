import { Refusal } from '#kernel/error'
import { errorFields, log } from '#kernel/log'

/** The keys of an issuer at one moment. */
export type KeySet = { readonly kids: ReadonlySet<string> }

type KeyCacheOptions<S extends KeySet> = {
  readonly load: () => Promise<S>
  readonly now: () => Date
}

export type KeyCache<S extends KeySet> = {
  /** The keys of at most ten minutes ago; while their source is away, of at most a day ago. */
  readonly current: () => Promise<S>
  /**
   * The set with this key; null when there is none. Anybody can name an unknown key. So the cache makes few searches, and each search loads all new keys. Refuses `issuer_unavailable` for an unknown key while the source is away.
   */
  readonly having: (kid: string) => Promise<S | null>
}

const FRESH_MS = 10 * 60_000
const STALE_MS = 24 * 60 * 60_000
/** The time after which a source that is away is asked again. */
const COOLDOWN_MS = 30_000
/** So many unknown keys are looked for within so long: a new key, if it signs at once, is known after that at the latest. */
const SEARCHES = 3
const SEARCHES_MS = 10_000

/**
 * Caches an issuer's keys in this isolate. Values are shared, promises are not: the promise of a cancelled request would never
 * resolve for the others.
 */
export function makeKeyCache<S extends KeySet>({ load, now }: KeyCacheOptions<S>): KeyCache<S> {
  let cached: { readonly set: S; readonly at: number } | undefined
  let triedAt = Number.NEGATIVE_INFINITY
  let isAway = false
  let searches: { readonly kid: string; readonly at: number }[] = []

  const reload = async (): Promise<S> => {
    const at = now().getTime()
    triedAt = at
    try {
      const set = await load()
      isAway = false
      cached = { set, at }
      return set
    } catch (error) {
      isAway = true
      throw error
    }
  }

  const unlessAway = (): null => {
    if (isAway) throw new Refusal('issuer_unavailable', { retryAfter: SEARCHES_MS / 1000 })
    return null
  }

  const current = async (): Promise<S> => {
    const at = now().getTime()
    const known = cached
    if (known === undefined) return reload()
    if (at - known.at < FRESH_MS) return known.set
    if (at - known.at < STALE_MS && at - triedAt < COOLDOWN_MS) return known.set
    return reload().catch((error: unknown) => {
      if (at - known.at >= STALE_MS) throw error
      log('warn', 'issuer keys are stale', {
        seconds: (at - known.at) / 1000,
        ...errorFields(error),
      })
      return known.set
    })
  }

  return {
    current,
    async having(kid) {
      const set = await current()
      if (set.kids.has(kid)) return set
      const at = now().getTime()
      searches = searches.filter((search) => at - search.at < SEARCHES_MS)
      if (searches.some((search) => search.kid === kid)) return null
      if (searches.length >= SEARCHES) return unlessAway()
      const search = { kid, at }
      searches.push(search)
      const fresh = await reload()
      if (!fresh.kids.has(kid)) return null
      searches = searches.filter((one) => one !== search)
      return fresh
    },
  }
}
