import { alone } from './alone.ts'
import { CommerceError } from './error.ts'
import type { Session } from './model.ts'
import type { As, Bearer, CallOptions, Send, TokenSource } from './request.ts'
import { keepIn, type StorageSource, type Tokens } from './session-store.ts'

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

  function current(): Tokens | null {
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
    if (current()?.refreshToken === refreshToken) set(next)
    return next
  }

  async function exchangeOwn(refused: string): Promise<Tokens> {
    const session = current()
    // Another tab has renewed the session.
    if (session && session.accessToken !== refused) return session
    if (!session && had) throw sessionEnded()
    if (!session?.refreshToken) throw new CommerceError('no_session', 'There is no session.')
    try {
      return await exchange(session.refreshToken)
    } catch (error) {
      if (!(error instanceof CommerceError && error.status === 401)) throw error
      const now = current()
      if (now && now.refreshToken !== session.refreshToken) return now
      store.write('ended')
      throw error
    }
  }

  function refreshOwn(): Promise<Tokens> {
    if (refreshing) return refreshing
    const refused = current()?.accessToken ?? ''
    const work = () => exchangeOwn(refused)
    refreshing = (storage ? alone(work) : work()).finally(() => {
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
    async tokenFor(as: As, before?: Bearer) {
      if (as === 'nobody') return { token: null, isSession: false }
      const session = current()?.accessToken ?? null
      if (session && as !== 'client') return { token: session, isSession: true }
      if (as === 'session' && (had || before?.isSession)) throw sessionEnded()
      return { token: (await ownToken()) ?? session, isSession: false }
    },
    async renew(refused) {
      if (own && refused === (await own)) {
        own = null
        return clientId !== undefined
      }
      const session = current()
      // The next look for a token says that the session has ended.
      if (!session) return had
      if (session.accessToken !== refused) return true
      if (!session.refreshToken) return false
      await refreshOwn()
      return true
    },
  }
}
