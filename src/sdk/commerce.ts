import { type Auth, authApi } from './auth.ts'
import { type Customers, customersApi } from './customers.ts'
import { eventsApi } from './events.ts'
import { groupsApi } from './groups.ts'
import { mergesApi } from './merges.ts'
import { privacyApi } from './privacy.ts'
import { makeSend, type Send } from './request.ts'
import type { Fetch } from './send-once.ts'
import type { Tokens } from './session-store.ts'
import { type Credentials, makeShopperSessions, type Sessions } from './shopper-sessions.ts'
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

/** A page that is given a path would ask the shop's own server. */
function checkUrl(baseUrl: string): string {
  if (/^https?:\/\/./i.test(baseUrl) && URL.canParse(baseUrl)) return baseUrl
  throw new TypeError(
    `baseUrl must be the URL of the service, such as https://customers.example.com, not ${JSON.stringify(baseUrl)}.`,
  )
}

const NO_SESSION =
  'setToken takes a session with an `accessToken`, an access token, or null. A login is a promise: await it first.'

/** The customer service. Safe to share: one for the whole program, or one for each shopper. */
export class Commerce {
  /**
   * Customers with their addresses, orders, groups and consents. An absent id means the session's own customer (`me`). Every call may reject
   * with `unauthenticated`, `invalid_token`, `insufficient_scope`, `caller_not_allowed`, `invalid_input`, `customer_not_found`,
   * `session_ended`, `too_many_requests`, `database_unavailable`, `network_error` or `timeout`. The text of a call names only its other codes.
   */
  readonly customers: Customers
  /**
   * Groups of customers, their rules and their members. `create` and `update` refuse some rules: `rule_not_trusted`, `rule_cycle`,
   * `rule_limit_reached`. The other codes of every call are those of `customers`.
   */
  readonly groups: ReturnType<typeof groupsApi>
  /** Merges of two customers, and their undo. */
  readonly merges: ReturnType<typeof mergesApi>
  /** Webhooks and their deliveries. */
  readonly webhooks: ReturnType<typeof webhooksApi>
  /** The feed of events, and messages that failed. */
  readonly events: ReturnType<typeof eventsApi>
  /** Erasures, and how long data is kept. */
  readonly privacy: ReturnType<typeof privacyApi>
  /**
   * Registration, logins and sessions. A login does not set its session: pass it to `setToken`. Every call may reject with `invalid_input`,
   * `too_many_requests`, `database_unavailable`, `network_error` or `timeout`. The text of a call names only its other codes.
   */
  readonly auth: Auth
  readonly #sessions: Sessions

  constructor({ baseUrl, fetch, retries = 3, timeout = 30_000, ...credentials }: CommerceOptions) {
    const sessions: Sessions = makeShopperSessions(credentials, () => send)
    const wire = {
      baseUrl: checkUrl(baseUrl).replace(/\/+$/, ''),
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
    this.auth = authApi(send, sessions, credentials)
  }

  /** The session that is set; null: nobody is logged in. */
  get session(): Tokens | null {
    return this.#sessions.current()
  }

  /**
   * Sets the session of the next calls: a session, its access token, or `''` for none. A session that came from this client is
   * refreshed automatically, also when only its access token is given. Its `deviceToken` is kept, also after its end, and goes with the
   * next login and the next request for a mail. Anything else, such as a promise, throws a `TypeError`. A server that logs many shoppers in sets no session, so it keeps none of theirs.
   */
  setToken(token: string | Tokens | null): void {
    const isTokens = typeof Object(token).accessToken === 'string'
    if (token !== null && typeof token !== 'string' && !isTokens) throw new TypeError(NO_SESSION)
    const session = typeof token === 'string' ? (token ? { accessToken: token } : null) : token
    this.#sessions.set(session)
  }
}
