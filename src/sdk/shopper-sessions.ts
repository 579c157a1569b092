import { type Client, makeClientToken } from './client-token.ts'
import { deviceTokenSlot } from './device-store.ts'
import { CommerceError } from './error.ts'
import type { Session } from './model.ts'
import type { As, Bearer, CallOptions, Send, TokenSource } from './request.ts'
import { inheritSessionRoot, isSameShopper } from './same-shopper.ts'
import { type Kept, sessionSlot, type Tokens } from './session-store.ts'
import type { StorageSource } from './storage-slot.ts'
import { withTabLock } from './with-tab-lock.ts'

export type Credentials = Client & {
  /**
   * A storage, such as `() => localStorage`. It keeps the session when the page closes, and the token of the device when the session ends. If
   * the storage is full or blocked, both stay in memory.
   */
  readonly storage?: StorageSource
}

export type Sessions = TokenSource & {
  readonly current: () => Tokens | null
  readonly set: (session: Tokens | null) => void
  /** Sets the session that replaces `before` at the service, unless another shopper's session was set meanwhile. */
  readonly replace: (before: Tokens | null, next: Session) => void
  /** Forgets a session, unless another shopper's was set meanwhile. */
  readonly drop: (session: Tokens | null) => void
  /** Remembers a session: if only its access token is set later, the whole session is used. */
  readonly seen: (session: Session) => Session
  /** The next session. Concurrent calls share one request. A try whose reply is lost is repeated: the service answers with the same. */
  readonly refresh: (refreshToken?: string, options?: CallOptions) => Promise<Session>
  /** The token of this device: that of the latest session that was set, also after its end. */
  readonly device: () => string | null
}

/**
 * The longest wait for one try of a refresh, in milliseconds: the service answers a spent token with the same child for ten seconds,
 * so a try whose reply is lost is repeated before they are over.
 */
const REFRESH_TRY_MS = 8_000

const sessionEnded = () =>
  new CommerceError('session_ended', 'The session has ended; set another, or none.')

export function makeShopperSessions(credentials: Credentials, send: () => Send): Sessions {
  const { storage } = credentials
  const own = makeClientToken(credentials, send)
  const store = sessionSlot(storage)
  const devices = deviceTokenSlot(storage)
  let latest: Session | null = null
  // Calls for a shopper must not use the rights of the client after the shopper's session has ended, wherever it ended.
  let had = false
  let refreshing: Promise<Tokens> | null = null

  function current(): Kept | null {
    const kept = store.read()
    had ||= kept !== null
    return kept === 'ended' ? null : kept
  }
  current()

  /**
   * Only a session that is set makes this device that of its shopper. A login that is handed on is another device's: a server asks for
   * many shoppers.
   */
  function keep(session: Kept | null): void {
    store.write(session)
    if (session?.deviceToken) devices.write(session.deviceToken)
  }

  function set(session: Tokens | null): void {
    had = Boolean(session)
    keep(session && (session.accessToken === latest?.accessToken ? latest : session))
  }

  function seen(session: Session): Session {
    latest = session
    return session
  }

  async function exchange(refreshToken: string, options?: CallOptions): Promise<Session> {
    const again = { as: 'nobody', harmless: true, within: REFRESH_TRY_MS } as const
    const ask = (proof = {}) =>
      send()<Session>({
        ...{ method: 'POST', path: '/auth/refresh', body: { refreshToken, ...proof }, options },
        ...again,
      })
    const next = seen(await ask().catch((error) => proveAnd(ask, error)))
    const session = current()
    if (session?.refreshToken === refreshToken) keep(inheritSessionRoot(session, next))
    return next
  }

  /** A client that keeps a secret shows it for a session of a login on the page. */
  function proveAnd<T>(ask: (proof: object) => Promise<T>, error: unknown): Promise<T> {
    const { clientId, clientSecret } = credentials
    const isAsked = error instanceof CommerceError && error.code === 'invalid_client'
    if (isAsked && clientSecret) return ask({ clientId, clientSecret })
    throw error
  }

  /** What the session has become; another shopper's has ended it. */
  function now(session: Kept | null): Kept {
    const latest = current()
    if (latest && (!session || isSameShopper(session, latest))) return latest
    if (session || had) throw sessionEnded()
    throw new CommerceError('no_session', 'There is no session.')
  }

  async function exchangeOwn(refused: Kept | null): Promise<Tokens> {
    const session = now(refused)
    // Another tab has renewed the session.
    if (refused && session.accessToken !== refused.accessToken) return session
    if (!session.refreshToken) throw new CommerceError('no_session', 'There is no session.')
    try {
      return await exchange(session.refreshToken)
    } catch (error) {
      if (!(error instanceof CommerceError && error.status === 401)) throw error
      const latest = now(session)
      if (latest.refreshToken !== session.refreshToken) return latest
      store.write('ended')
      throw error
    }
  }

  function refreshOwn(): Promise<Tokens> {
    if (refreshing) return refreshing
    const refused = current()
    const work = () => exchangeOwn(refused)
    refreshing = (storage ? withTabLock(work) : work()).finally(() => {
      refreshing = null
    })
    return refreshing
  }

  async function tokenFor(as: As, before?: Bearer): Promise<Bearer> {
    if (as === 'nobody') return { token: null, session: null }
    const session = current()
    const began = before ? before.session : as === 'client' ? null : session
    if (began) {
      if (session && isSameShopper(began, session)) return bearerOf(session)
      if (session || as !== 'either') throw sessionEnded()
    } else if (!before && as === 'session' && had) throw sessionEnded()
    const token = await own.get()
    return token === null && session && !before ? bearerOf(session) : { token, session: null }
  }

  return {
    current() {
      const { root: _, ...tokens } = current() ?? {}
      return 'accessToken' in tokens ? tokens : null
    },
    set,
    replace(before, next) {
      seen(next)
      const now = store.read()
      // Another call may have found that the one before has ended.
      if (now === 'ended' || (now && before && isSameShopper(before, now))) set(next)
    },
    drop(session) {
      const latest = current()
      if (!session || !latest || isSameShopper(session, latest)) set(null)
    },
    seen,
    refresh: (refreshToken, options) =>
      refreshToken === undefined || refreshToken === current()?.refreshToken
        ? (refreshOwn() as Promise<Session>)
        : exchange(refreshToken, options),
    device: devices.read,
    async bearerFor({ as = 'session', options }, before) {
      const bearer = await tokenFor(as, before)
      if (options?.callerAddress === undefined || !bearer.session) return bearer
      const voucher = await own.get()
      // The session may have ended meanwhile.
      const now = await tokenFor(as, bearer)
      return now.session ? { ...now, voucher } : now
    },
    async renew(refused) {
      if (!refused.session) return own.renew(refused.token)
      const session = current()
      // The next look for a token takes the newer one, or says that the session has ended.
      if (session?.accessToken !== refused.token) return true
      if (!session.refreshToken) return false
      await refreshOwn()
      return true
    },
    renewVoucher: async ({ voucher }) => (voucher ? own.renew(voucher) : false),
  }
}

const bearerOf = (session: Kept): Bearer => ({ token: session.accessToken, session })
