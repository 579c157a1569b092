import type { Identity } from '#core/identity'
import type { Carrier } from '#core/mail'
import type { Database } from '#db/client'
import type { JobMessage } from '#db/statement'
import type { CustomerId } from '#kernel/id'
import type { Left } from '#kernel/limit'
import type { Asker } from '#kernel/outward'
import type { Condition } from './condition.ts'
import type { Keyring } from './keyring.ts'
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
  readonly jobs: Wake[]
  replayed: boolean
  /** The account that was tried, as a keyed hash, for the log of a refusal. */
  tried: string | null
  /** The client of a session that a refresh token has ended, for the log. */
  endedOf: string | null
  /** Whether that was a spent token, which came back. */
  isReused: boolean
  /** The rest of a limit that counted the request, for its headers. */
  left: Left | null
  roundTrips: number
  databaseMs: number
}

export type { JobMessage }

/** A message, and the seconds by which the queue delays it. */
export type Wake = JobMessage & { readonly delaySeconds?: number }

/** The environment in which this service runs. */
export type Deployment = Asker

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
  readonly identity: Identity
  readonly db: Database
  readonly carryMail: Carrier
  readonly deployment: Deployment
  /** For requests to endpoints that customers of the service named. Fails with `AddressRefused` for one that leads inside. */
  readonly fetch: typeof fetch
  readonly idempotency: Idempotency | null
  /** If-Match and If-None-Match; null without them. */
  readonly condition: Condition | null
  readonly outcome: Outcome
}

/** The context of a task for all tenants at once. */
export type System = Pick<Context, 'db' | 'keyring' | 'now' | 'outcome'> & {
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
