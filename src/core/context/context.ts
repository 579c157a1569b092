import type { Identity } from '#core/identity'
import type { Carrier } from '#core/mail'
import type { Database } from '#db/client'
import type { JobMessage } from '#db/statement'
import type { CustomerId } from '#kernel/id'
import type { Keyring } from './keyring.ts'
import type { Settings } from './settings.ts'

/** Who asks. Made once at the door; a use case only reads it. */
export type Actor =
  | { readonly type: 'service'; readonly id: string; readonly scopes: ReadonlySet<Scope> }
  | { readonly type: 'storefront'; readonly id: string; readonly scopes: ReadonlySet<Scope> }
  | { readonly type: 'shopper'; readonly id: CustomerId; readonly sessionId: string }
  | { readonly type: 'system'; readonly id: string }

/** Where the request came from. */
type Caller = {
  /** The client that asks, or that the shopper's session was opened through. */
  readonly clientId: string
  /** IP address; null when it is not known. */
  readonly address: string | null
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
] as const
export type Scope = (typeof scopes)[number]

/** Under which key a request may be repeated, and what tells it from another request with the same key. */
export type Idempotency = {
  readonly scope: string
  readonly key: string
  readonly fingerprint: string
}

/** What came of it besides the answer; the door reads it when the use case is done. */
type Outcome = {
  /** Jobs that were committed and are to be sent to the queue. */
  readonly jobs: Wake[]
  replayed: boolean
  roundTrips: number
  databaseMs: number
}

export type { JobMessage }

/** A message, and how many seconds the queue holds it back. */
export type Wake = JobMessage & { readonly delaySeconds?: number }

/** Where this service runs. */
export type Deployment = {
  readonly publicUrl: string
  /** On a developer's machine: what is sent may go to that machine. */
  readonly development: boolean
}

/** All a use case knows of the world: time, identity, settings, limits and the database arrive here. */
export type Context = {
  readonly tenant: string
  readonly actor: Actor
  /** Null for the system itself. */
  readonly caller: Caller | null
  readonly now: Date
  readonly requestId: string | null
  readonly settings: Settings
  readonly keyring: Keyring
  readonly identity: Identity
  readonly db: Database
  readonly carryMail: Carrier
  readonly deployment: Deployment
  /** Out into the world, to endpoints that others named. */
  readonly fetch: typeof fetch
  readonly idempotency: Idempotency | null
  /** The version the caller read, from If-Match. */
  readonly ifMatch: number | null
  readonly outcome: Outcome
}

/** What a task for all tenants at once knows of the world. */
export type System = Pick<Context, 'db' | 'keyring' | 'now' | 'outcome'> & {
  readonly tenants: ReadonlyMap<string, Settings>
}

export const newOutcome = (): Outcome => ({
  jobs: [],
  replayed: false,
  roundTrips: 0,
  databaseMs: 0,
})

/** A resource with the version that its ETag is made of. */
export type Versioned<T> = { readonly value: T; readonly version: number }
