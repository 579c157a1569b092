import type { Context } from '#core/context'
import type { Kept } from '#db/handle'
import type { Statement } from '#db/statement'
import type { AccessClaims } from './access-token.ts'
import type { MailToken } from './mail-token.ts'

/** Tokens that the provider gave for a password; ours gives none before a session is opened. */
export type ProviderTokens = {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/** Whose password is to be checked. */
type Asked = {
  /** What `customer.password_hash` holds; null when there is no account, or none with a password. */
  readonly credential: string | null
  /** What was typed, where an account is looked for by it: trimmed and lower-cased. */
  readonly email: string | null
}

type Checked = {
  readonly isRight: boolean
  /** The provider knows the address and the password, and nobody here: an identity that is to be registered. */
  readonly isStranger: boolean
  readonly grant?: ProviderTokens
}

/** Who is to have a password. */
export type Owner = {
  readonly customerId: string
  /** Trimmed and lower-cased. Null: the provider must not know it, for nobody has proven it or vouched for it. */
  readonly email: string | null
  /** The address is proven, by the commit that follows at the latest. */
  readonly isProven: boolean
  readonly credential: string | null
}

/** @property credential what is to be stored as `customer.password_hash`. */
export type StoredPassword = { readonly credential: string; readonly grant?: ProviderTokens }

/** By what a session is opened. */
export type Entry =
  | {
      readonly by: 'password'
      readonly credential: string
      readonly password: string
      readonly grant?: ProviderTokens | undefined
    }
  /** The caller's own session, and a link that is about to end it. */
  | { readonly by: 'session'; readonly link: MailToken }

type Writes = Readonly<Record<string, Statement<unknown, 'write'>>>

/** Gets what a session needs before the commit that opens it, for what is committed must not fail afterwards. */
export type Opener = {
  /** For the commit, after the session's row. */
  readonly statements: (sessionId: string) => Writes
  /** The access token, and the seconds it lives. */
  readonly issue: (claims: AccessClaims) => Promise<{ token: string; seconds: number }>
}

/**
 * The seam: who stores and proves passwords, and whose tokens a session has. One is chosen per tenant by the setting `identity`;
 * no use case asks which. All refuse `issuer_unavailable` when the provider does not answer.
 */
export type Accounts = {
  /** Whether the password is the account's. The same work for every address. */
  readonly check: (ctx: Context, asked: Asked, password: string) => Promise<Checked>
  /** The first password of an account that a service is about to make: `kept` when the request was answered before. */
  readonly setFirstPassword: (
    ctx: Context,
    owner: Omit<Owner, 'credential'>,
    password: string,
  ) => Promise<{ readonly kept: Kept } | { readonly credential: string | null }>
  /**
   * Makes it the password of an account.
   * @param owner asked only by a provider that needs to know.
   * @param hash of the password, if there is one already.
   */
  readonly setPassword: (
    ctx: Context,
    owner: () => Promise<Owner>,
    password: string,
    hash?: string,
  ) => Promise<StoredPassword>
  /** Whether a credential was made of this hash. */
  readonly isMadeOf: (credential: string | null, hash: string | null) => boolean
  /** Whether a password should be hashed anew, for a new one would be hashed better. */
  readonly isOutdated: (credential: string) => boolean
  readonly open: (ctx: Context, entry: Entry) => Promise<Opener>
  /** New tokens for a session by its refresh token; null when there is none of it any more. */
  readonly renew: (ctx: Context, session: Renewal) => Promise<Opener | null>
  /** Revokes the tokens of sessions at their issuer. The sessions have ended here, so it never refuses. */
  readonly end: (ctx: Context, sessions: readonly EndedSession[]) => Promise<void>
  /** Carries what has become of a customer (null: it was never made) to the user that was made for it. */
  readonly mirror: (ctx: Context, mirrored: Mirrored) => Promise<void>
}

/** @property sealed the provider's refresh token, if it had one. */
export type EndedSession = { readonly id: string; readonly sealed: string | null }

export type Mirrored = {
  readonly customerId: string
  /** The user's name; null: the one that a user would be made with. */
  readonly user: string | null
  readonly person: Person | null
}

/** What of a customer concerns the provider of its password. */
type Person = {
  readonly status: string
  /** Trimmed and lower-cased. */
  readonly email: string
  readonly isVerified: boolean
  readonly isProvisional: boolean
  readonly credential: string | null
}

export type Renewal = {
  readonly sessionId: string
  /** Null: anyone's. */
  readonly clientId: string | null
  /** Of the refresh token, as it is stored. */
  readonly hash: string
  /** Of customers who may log in. */
  readonly statuses: readonly string[]
}
