import type { Context } from '#core/context'
import type { Statement } from '#db/statement'
import type { Kept } from '#db/use-case-call'
import type { AccessClaims } from './access-token-claims.ts'
import type { MailToken } from './mail-token.ts'

/** Tokens that the provider gave for a password or a code. The embedded provider gives none before a session opens. */
export type ProviderTokens = {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/** The account whose password is checked. */
type Asked = {
  /** The value of `customer.password_hash`; null when there is no account, or none with a password. */
  readonly credential: string | null
  /** The typed address, trimmed and lower-cased; null when the account is known already. */
  readonly email: string | null
}

type Checked = {
  readonly isRight: boolean
  /** The provider accepts the address and the password, but no account here has that identity. The caller must register it. */
  readonly isStranger: boolean
  readonly grant?: ProviderTokens
}

/** The customer that gets a password. */
export type PasswordOwner = {
  readonly customerId: string
  /** Trimmed and lower-cased. Null: the provider must not know the address, because it is unproven. */
  readonly email: string | null
  /** Whether the address is proven, or the following commit proves it. */
  readonly isProven: boolean
  readonly credential: string | null
}

/** @property credential the value to store as `customer.password_hash`. */
export type StoredPassword = { readonly credential: string; readonly grant?: ProviderTokens }

/** The proof by which a session opens. */
export type LoginProof =
  | {
      readonly by: 'password'
      readonly credential: string
      readonly password: string
      readonly grant?: ProviderTokens | undefined
    }
  /** The caller's own session, and a link that will end it. */
  | { readonly by: 'session'; readonly link: MailToken }
  /** A code of a mail or a passkey, which this service has checked. */
  | { readonly by: 'code' | 'passkey' }
  /** A login on this service's login page, or at the provider to which the page redirected. */
  | { readonly by: 'page'; readonly grant?: ProviderTokens | undefined }
  /** A service that has checked the login itself: that is no proof here. */
  | { readonly by: 'service' }

type Writes = Readonly<Record<string, Statement<unknown, 'write'>>>

/** The parts of a new session. The service gets them before the commit that opens the session, because nothing may fail after the commit. */
export type SessionOpener = {
  /** The statements of the commit that follow the session's row. */
  readonly statements: (sessionId: string) => Writes
  /** Makes the access token. `seconds` is its lifetime. */
  readonly issue: (claims: AccessClaims) => Promise<{ token: string; seconds: number }>
}

/**
 * A provider of accounts: it stores and checks passwords, and issues the tokens of sessions. The setting `identity` chooses one per
 * tenant, and no use case asks which. All methods refuse `issuer_unavailable` when the provider does not answer.
 */
export type AccountProvider = {
  /** Whether the password of an account opens a session here. If not, shoppers log in at the provider. */
  readonly takesPasswords: boolean
  /** Whether the password is the account's. The same work for every address. */
  readonly check: (ctx: Context, asked: Asked, password: string) => Promise<Checked>
  /** Sets the first password of an account that a service is about to create. `kept` is the stored answer if the same request was answered before. */
  readonly setFirstPassword: (
    ctx: Context,
    owner: Omit<PasswordOwner, 'credential'>,
    password: string,
  ) => Promise<{ readonly kept: Kept } | { readonly credential: string | null }>
  /**
   * Sets the password of an account.
   * @param owner called only by a provider that needs it.
   * @param hash of the password, if there is one already.
   */
  readonly setPassword: (
    ctx: Context,
    owner: () => Promise<PasswordOwner>,
    password: string,
    hash?: string,
  ) => Promise<StoredPassword>
  /** Whether a credential was made of this hash. */
  readonly isMadeOf: (credential: string | null, hash: string | null) => boolean
  /** Whether a password should be hashed anew, because its hash has weaker parameters. */
  readonly isOutdated: (credential: string) => boolean
  readonly open: (ctx: Context, entry: LoginProof) => Promise<SessionOpener>
  /** Renews the tokens of a session by its refresh token; null when the session is over, or the token is not good. */
  readonly renew: (ctx: Context, session: SessionRenewal) => Promise<SessionOpener | null>
  /** Revokes the tokens of sessions at their issuer. The sessions have ended here, so it never refuses. */
  readonly end: (ctx: Context, sessions: readonly EndedSession[]) => Promise<void>
  /** Updates the provider's user of a customer to the state of the customer (null: the customer was never created). */
  readonly mirror: (ctx: Context, mirrored: MirroredCustomer) => Promise<void>
}

/** @property sealed the provider's refresh token, if it had one. */
export type EndedSession = { readonly id: string; readonly sealed: string | null }

export type MirroredCustomer = {
  readonly customerId: string
  /** The user's name; null: the name that a new user would get. */
  readonly user: string | null
  readonly person: Person | null
}

/** The data of a customer that the provider of its password needs. */
type Person = {
  readonly status: string
  /** Trimmed and lower-cased. */
  readonly email: string
  readonly isVerified: boolean
  readonly isProvisional: boolean
  readonly credential: string | null
}

/** The values of `rotating`: a refresh token of this service, and the token that replaces it. */
export type SessionRenewal = {
  readonly tenant: string
  /** The session. */
  readonly id: string
  /** Null: of any client. */
  readonly clientId: string | null
  /** The stored hashes of the refresh token and of its child. */
  readonly hash: string
  readonly nextHash: string
  /** The statuses of customers who may log in. */
  readonly statuses: readonly string[]
  readonly now: string
}
