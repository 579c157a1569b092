import { authApi } from './auth.ts'
import { type Credentials, makeClientSessions, type Sessions } from './client-sessions.ts'
import { customersApi } from './customers.ts'
import { eventsApi } from './events.ts'
import { groupsApi } from './groups.ts'
import { mergesApi } from './merges.ts'
import { pageLoginApi } from './page-login.ts'
import { privacyApi } from './privacy.ts'
import { makeSend, type Send } from './request.ts'
import type { Fetch } from './send-once.ts'
import type { Tokens } from './session-store.ts'
import { webhooksApi } from './webhooks.ts'

export type CommerceOptions = Credentials & {
  /** The URL of the service, such as `https://customers.example.com`. */
  readonly baseUrl: string
  /** Replaces the global `fetch`. */
  readonly fetch?: Fetch
  /** How often a call is sent again, if that is safe; default: 3. */
  readonly retries?: number
  /** Milliseconds for one try; default: 30,000. */
  readonly timeout?: number
}

/** The customer service. Safe to share: one for the whole program, or one for each shopper. */
export class Commerce {
  readonly customers: ReturnType<typeof customersApi>
  readonly groups: ReturnType<typeof groupsApi>
  readonly merges: ReturnType<typeof mergesApi>
  readonly webhooks: ReturnType<typeof webhooksApi>
  readonly events: ReturnType<typeof eventsApi>
  readonly privacy: ReturnType<typeof privacyApi>
  readonly auth: ReturnType<typeof authApi> & ReturnType<typeof pageLoginApi>
  readonly #sessions: Sessions

  constructor({ baseUrl, fetch, retries = 3, timeout = 30_000, ...credentials }: CommerceOptions) {
    const sessions: Sessions = makeClientSessions(credentials, () => send)
    const wire = {
      baseUrl: baseUrl.replace(/\/+$/, ''),
      fetch: fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init)),
      retries,
      timeout,
    }
    const send: Send = makeSend(wire, sessions)
    this.#sessions = sessions
    this.customers = customersApi(send)
    this.groups = groupsApi(send)
    this.merges = mergesApi(send)
    this.webhooks = webhooksApi(send)
    this.events = eventsApi(send)
    this.privacy = privacyApi(send)
    this.auth = { ...authApi(send, sessions), ...pageLoginApi(send, credentials) }
  }

  /** The session that is set. */
  get session(): Tokens | null {
    return this.#sessions.current()
  }

  /**
   * Sets the session of the next calls: a session, its access token, or `''` for none. A session that came from this client is
   * refreshed automatically, also when only its access token is given. Its `deviceToken` is kept, also after its end, and goes with the
   * next login and the next request for a mail. A server that logs many shoppers in sets no session, so it keeps none of theirs.
   */
  setToken(token: string | Tokens | null): void {
    const session = typeof token === 'string' ? (token ? { accessToken: token } : null) : token
    this.#sessions.set(session)
  }
}
