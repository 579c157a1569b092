import type { IdentityProvider } from '#core/identity'
import type { MailCarrier } from '#core/mail'
import type { Database } from '#db/database'
import type { JobMessage } from '#db/statement'
import type { CustomerId } from '#kernel/id'
import type { Left } from '#kernel/limit-name'
import type { OutboundSender } from '#kernel/outbound-url'
import type { Keyring } from './keyring.ts'
import type { Precondition } from './precondition.ts'
import type { Settings } from './settings.ts'

/** The caller's identity. It is made once, before the use case, which only reads it. */
export type Actor =
  | ({ readonly type: 'service' } & ClientActor)
  | ({ readonly type: 'storefront' } & ClientActor)
  | { readonly type: 'shopper'; readonly id: CustomerId; readonly sessionId: string }
  | { readonly type: 'system'; readonly id: string }

type ClientActor = {
  readonly id: string
  readonly scopes: ReadonlySet<Scope>
  /** Names the access token, which may have been revoked; null for another issuer's token. */
  readonly tokenId: string | null
}

/** The origin of the request. */
export type Caller = {
  /** The client that asks, or the client of the shopper's session. */
  readonly clientId: string
  /** The token of the service that vouches for the request, beside the caller's own; null without one. */
  readonly vouchedBy: string | null
  /** IP address; null when it is not known. */
  readonly address: string | null
  /** The IP address by which limits count the request; null: only limits that need no place apply. */
  readonly place: string | null
  readonly userAgent: string | null
}

export const scopes = [
  'customer:read',
  'customer:write',
  'customer:erase',
  'customer:register',
  'group:write',
  'order:write',
  'merge:write',
  'event:read',
  'webhook:write',
  'session:create',
] as const
export type Scope = (typeof scopes)[number]

/** The key under which a request may be repeated, and the fingerprint that distinguishes it from other requests with that key. */
export type Idempotency = {
  readonly scope: string
  readonly key: string
  readonly fingerprint: string
}

/** The effects of a use case besides its answer; they are read when it is done. */
type Outcome = {
  /** Committed jobs, whose messages are sent to the queue. */
  readonly jobs: DelayedJobMessage[]
  replayed: boolean
  /** The account that was tried, as a keyed hash, for the log of a refusal. */
  tried: string | null
  /** The client of the session that was ended because of its refresh token, for the log. */
  endedOf: string | null
  /** Whether the session ended because a spent refresh token was used again. */
  isReused: boolean
  /** What is left of the limit that counted this request, for the rate-limit headers. */
  left: Left | null
  roundTrips: number
  databaseMs: number
}

export type { JobMessage }

/** A message, and the seconds by which the queue delays it. */
export type DelayedJobMessage = JobMessage & { readonly delaySeconds?: number }

/** The facts about this deployment that decide which outgoing requests are allowed. */
export type Deployment = OutboundSender

/** Everything that a use case gets from outside: time, identity, settings, limits and the database. */
export type Context = {
  readonly tenant: string
  readonly actor: Actor
  /** Null for the system itself. */
  readonly caller: Caller | null
  readonly now: Date
  /** The moment by now, for work that goes on long after `now`. */
  readonly clock: () => Date
  readonly requestId: string | null
  readonly settings: Settings
  readonly keyring: Keyring
  readonly identity: IdentityProvider
  readonly db: Database
  readonly carryMail: MailCarrier
  readonly deployment: Deployment
  /** For requests to endpoints that customers of the service named. Fails with `PrivateAddressRefused` for one that leads inside. */
  readonly fetch: typeof fetch
  readonly idempotency: Idempotency | null
  /** If-Match and If-None-Match; null without them. */
  readonly condition: Precondition | null
  readonly outcome: Outcome
}

/** The context of a task for all tenants at once. */
export type SystemContext = Pick<Context, 'db' | 'keyring' | 'now' | 'outcome'> & {
  readonly tenants: ReadonlyMap<string, Settings>
}

export const newOutcome = (): Outcome => ({
  jobs: [],
  replayed: false,
  tried: null,
  endedOf: null,
  isReused: false,
  left: null,
  roundTrips: 0,
  databaseMs: 0,
})

/** A resource with its version, from which its ETag is made. */
export type Versioned<T> = { readonly value: T; readonly version: number }
