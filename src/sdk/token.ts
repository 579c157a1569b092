import { CommerceError } from './error.ts'
import type { Session } from './model.ts'
import type { As, CallOptions, Send, TokenSource } from './request.ts'

/** The tokens of a login. */
export type Tokens = {
  readonly accessToken: string
  /** It can be used once: the answer has the next. */
  readonly refreshToken?: string | undefined
}

/** A storage in which a session outlives the page, such as `localStorage`. Scripts of the page can read it. */
export type SessionStorage = {
  readonly getItem: (key: string) => string | null
  readonly setItem: (key: string, value: string) => void
  readonly removeItem: (key: string) => void
}

export type Credentials = {
  /** An access token of a client. */
  readonly token?: string | undefined
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
  /** Space-separated; default: all scopes of the client. */
  readonly scope?: string | undefined
  readonly storage?: SessionStorage | undefined
}

export type Sessions = TokenSource & {
  readonly current: () => Tokens | null
  readonly set: (session: Tokens | null) => void
  /** Remembers a session: if only its access token is set later, the whole session is used. */
  readonly seen: (session: Session) => Session
  /** The next session. Concurrent calls share one request, because a refresh token can be used once. */
  readonly refresh: (refreshToken?: string, options?: CallOptions) => Promise<Session>
}

/** Web Locks, for tabs that share a storage. */
type MaybeBrowser = {
  readonly navigator?: {
    readonly locks?: { request<T>(name: string, work: () => Promise<T>): Promise<T> }
  }
}

const KEY = 'commerce.session'

export function sessionsOf(credentials: Credentials, send: () => Send): Sessions {
  const { clientId, clientSecret, scope, storage } = credentials
  let held: Tokens | null = null
  let latest: Session | null = null
  // Calls for a shopper must not use the rights of the client after the shopper's session has ended.
  let ended = false
  let own: Promise<string | null> | null = null
  let refreshing: Promise<Tokens> | null = null

  const current = (): Tokens | null => (storage ? JSON.parse(storage.getItem(KEY) ?? 'null') : held)

  function set(session: Tokens | null): void {
    ended = false
    held = session?.accessToken === latest?.accessToken ? latest : session
    if (!storage) return
    if (held) storage.setItem(KEY, JSON.stringify(held))
    else storage.removeItem(KEY)
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
    const next = seen(await send()<Session>({ ...call, as: 'nobody' }))
    if (current()?.refreshToken === refreshToken) set(next)
    return next
  }

  async function exchangeOwn(refused: string): Promise<Tokens> {
    const session = current()
    // Another tab has renewed the session.
    if (session && session.accessToken !== refused) return session
    if (!session?.refreshToken) throw new CommerceError('no_session', 'There is no session.')
    try {
      return await exchange(session.refreshToken)
    } catch (error) {
      if (error instanceof CommerceError && error.status === 401) {
        set(null)
        ended = true
      }
      throw error
    }
  }

  function refreshOwn(): Promise<Tokens> {
    if (refreshing) return refreshing
    const refused = current()?.accessToken ?? ''
    const work = () => exchangeOwn(refused)
    const { locks } = (globalThis as MaybeBrowser).navigator ?? {}
    const started = storage && locks ? locks.request(KEY, work) : work()
    refreshing = started.finally(() => {
      refreshing = null
    })
    return refreshing
  }

  return {
    current,
    set,
    seen,
    refresh: (refreshToken, options) =>
      refreshToken === undefined || refreshToken === current()?.refreshToken
        ? (refreshOwn() as Promise<Session>)
        : exchange(refreshToken, options),
    async tokenFor(as: As) {
      if (as === 'nobody') return null
      const session = current()?.accessToken ?? null
      if (as === 'session' && !session && ended) {
        throw new CommerceError('session_ended', 'The session has ended; set another, or none.')
      }
      return as === 'session' && session ? session : ((await ownToken()) ?? session)
    },
    async renew(refused) {
      if (own && refused === (await own)) {
        own = null
        return clientId !== undefined
      }
      const session = current()
      if (session && session.accessToken !== refused) return true
      if (!session?.refreshToken) return false
      await refreshOwn()
      return true
    },
  }
}
