import { alone } from './alone.ts'
import { CommerceError } from './error.ts'
import type { Session } from './model.ts'
import type { As, Bearer, CallOptions, Send, TokenSource } from './request.ts'
import { isSameShopper, nextOf } from './same-shopper.ts'
import { type Kept, keepIn, type StorageSource, type Tokens } from './session-store.ts'

export type Credentials = {
  /** An access token of a client. */
  readonly token?: string | undefined
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
  /** Space-separated; default: all scopes of the client. */
  readonly scope?: string | undefined
  /**
   * A storage in which the session outlives the page, such as `() => localStorage`. A full or blocked one leaves the session in memory.
   */
  readonly storage?: StorageSource
}

export type Sessions = TokenSource & {
  readonly current: () => Tokens | null
  readonly set: (session: Tokens | null) => void
  /** Forgets a session, unless another shopper's was set meanwhile. */
  readonly drop: (session: Tokens | null) => void
  /** Remembers a session: if only its access token is set later, the whole session is used. */
  readonly seen: (session: Session) => Session
  /** The next session. Concurrent calls share one request. A try whose reply is lost is repeated: the service answers with the same. */
  readonly refresh: (refreshToken?: string, options?: CallOptions) => Promise<Session>
}

/**
 * The longest wait for one try of a refresh, in milliseconds: the service answers a spent token with the same child for ten seconds,
 * so a try whose reply is lost is repeated before they are over.
 */
const REFRESH_TRY_MS = 8_000

const sessionEnded = () =>
  new CommerceError('session_ended', 'The session has ended; set another, or none.')

export function sessionsOf(credentials: Credentials, send: () => Send): Sessions {
  const { clientId, clientSecret, scope, storage } = credentials
  const store = keepIn(storage)
  let latest: Session | null = null
  // Calls for a shopper must not use the rights of the client after the shopper's session has ended, wherever it ended.
  let had = false
  let own: Promise<string | null> | null = null
  let refreshing: Promise<Tokens> | null = null

  function current(): Kept | null {
    const kept = store.read()
    had ||= kept !== null
    return kept === 'ended' ? null : kept
  }
  current()

  function set(session: Tokens | null): void {
    had = Boolean(session)
    store.write(session ? (session.accessToken === latest?.accessToken ? latest : session) : null)
  }

  async function grant(): Promise<string | null> {
    if (clientId === undefined) return credentials.token ?? null
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret ?? '',
      ...(scope === undefined ? {} : { scope }),
    })
    const { access_token } = await send()<{ access_token: string }>({
      method: 'POST',
      path: '/oauth/token',
      body: form,
      as: 'nobody',
      harmless: true,
    })
    return access_token
  }

  async function ownToken(): Promise<string | null> {
    own ??= grant()
    try {
      return await own
    } catch (error) {
      own = null
      throw error
    }
  }

  function seen(session: Session): Session {
    latest = session
    return session
  }

  async function exchange(refreshToken: string, options?: CallOptions): Promise<Session> {
    const call = { method: 'POST', path: '/auth/refresh', body: { refreshToken }, options } as const
    const again = { as: 'nobody', harmless: true, within: REFRESH_TRY_MS } as const
    const next = seen(await send()<Session>({ ...call, ...again }))
    const session = current()
    if (session?.refreshToken === refreshToken) store.write(nextOf(session, next))
    return next
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
    refreshing = (storage ? alone(work) : work()).finally(() => {
      refreshing = null
    })
    return refreshing
  }

  return {
    current() {
      const { root: _, ...tokens } = current() ?? {}
      return 'accessToken' in tokens ? tokens : null
    },
    set,
    drop(session) {
      const latest = current()
      if (!session || !latest || isSameShopper(session, latest)) set(null)
    },
    seen,
    refresh: (refreshToken, options) =>
      refreshToken === undefined || refreshToken === current()?.refreshToken
        ? (refreshOwn() as Promise<Session>)
        : exchange(refreshToken, options),
    async tokenFor(as: As, before?: Bearer) {
      if (as === 'nobody') return { token: null, session: null }
      const session = current()
      const began = before ? before.session : as === 'client' ? null : session
      if (began) {
        if (session && isSameShopper(began, session)) return bearerOf(session)
        if (session || as !== 'either') throw sessionEnded()
      } else if (!before && as === 'session' && had) throw sessionEnded()
      const token = await ownToken()
      return token === null && session && !before ? bearerOf(session) : { token, session: null }
    },
    async renew(refused) {
      if (!refused.session) {
        if (own && refused.token === (await own)) own = null
        return clientId !== undefined
      }
      const session = current()
      // The next look for a token takes the newer one, or says that the session has ended.
      if (session?.accessToken !== refused.token) return true
      if (!session.refreshToken) return false
      await refreshOwn()
      return true
    },
  }
}

const bearerOf = (session: Kept): Bearer => ({ token: session.accessToken, session })
