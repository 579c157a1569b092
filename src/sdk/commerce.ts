import type { Fetch } from './attempt.ts'
import { auth } from './auth.ts'
import { customers } from './customers.ts'
import { events } from './events.ts'
import { groups } from './groups.ts'
import { merges } from './merges.ts'
import { pageLogin } from './page-login.ts'
import { privacy } from './privacy.ts'
import { makeSend, type Send } from './request.ts'
import type { Tokens } from './session-store.ts'
import { type Credentials, type Sessions, sessionsOf } from './token.ts'
import { webhooks } from './webhooks.ts'

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
  readonly customers: ReturnType<typeof customers>
  readonly groups: ReturnType<typeof groups>
  readonly merges: ReturnType<typeof merges>
  readonly webhooks: ReturnType<typeof webhooks>
  readonly events: ReturnType<typeof events>
  readonly privacy: ReturnType<typeof privacy>
  readonly auth: ReturnType<typeof auth> & ReturnType<typeof pageLogin>
  readonly #sessions: Sessions

  constructor({ baseUrl, fetch, retries = 3, timeout = 30_000, ...credentials }: CommerceOptions) {
    const sessions: Sessions = sessionsOf(credentials, () => send)
    const wire = {
      baseUrl: baseUrl.replace(/\/+$/, ''),
      fetch: fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init)),
      retries,
      timeout,
    }
    const send: Send = makeSend(wire, sessions)
    this.#sessions = sessions
    this.customers = customers(send)
    this.groups = groups(send)
    this.merges = merges(send)
    this.webhooks = webhooks(send)
    this.events = events(send)
    this.privacy = privacy(send)
    this.auth = { ...auth(send, sessions), ...pageLogin(send, credentials) }
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
