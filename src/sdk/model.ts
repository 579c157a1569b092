// Written by dev/sdk-model.ts from the OpenAPI document.

export interface Problem {
  /** The URL of the code on the page of errors. Compare `code` instead */
  type: string
  title: string
  status: number
  code: 'malformed_request' | 'malformed_json' | 'unauthenticated' | 'invalid_token' | 'insufficient_scope' | 'caller_not_allowed' | 'invalid_credentials' | 'session_ended' | 'email_unverified' | 'customer_disabled' | 'identity_unlinked' | 'identity_elsewhere' | 'fresh_proof_required' | 'not_found' | 'order_not_found' | 'method_not_allowed' | 'customer_not_found' | 'address_not_found' | 'group_not_found' | 'session_not_found' | 'passkey_not_found' | 'identity_not_found' | 'consent_not_found' | 'membership_not_found' | 'event_not_found' | 'dead_letter_not_found' | 'webhook_not_found' | 'delivery_not_found' | 'webhook_disabled' | 'rotation_in_progress' | 'dead_letter_unreadable' | 'customer_merged' | 'customer_is_guest' | 'customer_is_active' | 'email_already_verified' | 'mail_token_invalid' | 'email_taken' | 'identity_taken' | 'external_id_taken' | 'passkey_invalid' | 'passkey_exists' | 'passkey_limit_reached' | 'address_exists' | 'address_limit_reached' | 'group_taken' | 'group_being_deleted' | 'rule_cycle' | 'rule_too_deep' | 'rule_limit_reached' | 'group_in_use' | 'membership_by_rule' | 'guest_checkout_disabled' | 'merge_not_found' | 'merge_not_undoable' | 'merge_with_itself' | 'guest_cannot_survive' | 'too_much_metadata' | 'metadata_key_reserved' | 'rule_not_trusted' | 'idempotency_key_in_use' | 'idempotency_key_reused' | 'precondition_failed' | 'wrong_host' | 'body_too_large' | 'unsupported_media_type' | 'invalid_input' | 'invalid_cursor' | 'narrow_the_query' | 'too_many_attempts' | 'too_many_requests' | 'invalid_request' | 'invalid_client' | 'unauthorized_client' | 'invalid_grant' | 'unsupported_grant_type' | 'invalid_scope' | 'unsupported_token_type' | 'internal' | 'misconfigured' | 'database_unavailable' | 'issuer_unavailable'
  detail: string
  requestId: string
  errors?: {
    path: string
    code: string
    message: string
  }[] | undefined
  why?: Why | undefined
  /** The fields changed since the version in If-Match */
  changed?: string[] | undefined
  /** For `customer_merged`: the survivor of the customer that the request names. Only services see it */
  survivorId?: string | undefined
  /** For `caller_not_allowed` and `insufficient_scope`: the kind of caller that the request's token belongs to */
  caller?: 'service' | 'storefront' | 'shopper' | undefined
  /** For `caller_not_allowed`: the kinds of callers that may use the route */
  callers?: ('service' | 'storefront' | 'shopper')[] | undefined
  /** For `insufficient_scope`: the scope that the token lacks */
  scope?: string | undefined
  /** For `method_not_allowed`: the methods of the path, as in `Allow` */
  allow?: string[] | undefined
  /** The limit that was reached, by its name in `RateLimit` */
  limit?: string | undefined
  /** Seconds to wait, as in `Retry-After` */
  retryAfter?: number | undefined
}

/** Why a rule holds a customer: for each filter of the present rule what it asks, and the present value of the customer. For moments after a change, the value need not fit any more. Absent where no rule holds the customer, for shoppers, and without `customer:read` */
export type Why = Record<string, Reason>

export interface Reason {
  /** What the rule asks */
  asked: string | number | boolean | string[]
  /** The value of the customer; null: there is none */
  is: string | number | boolean | string[] | null
  /** The moment that a relative time means now */
  since?: string | undefined
}

export interface Readiness {
  status: 'ok'
  /** Functions that are missing in the database. Requests still work, but slower */
  degraded?: string[] | undefined
  /** Age in seconds of the oldest open transaction that writes events, if it is one second or more. `GET /event` waits for it. PostgreSQL ends it after 30 seconds */
  oldestWriterSeconds?: number | undefined
  /** Scheduled tasks that have been due for more than five minutes, with the time since which they are due. They have too much work, they fail, or the cron does not run */
  behind?: {
    task: string
    since: string
  }[] | undefined
  /** For a service: the backlog of its shop */
  backlog?: {
    /** Seconds for which a task of the clock has been due, usually under 60; null: the clock has never run. Beyond 180 the cron does not run, or a task fails */
    clockSeconds: number | null
    /** Kinds of jobs that were not done within a minute of their message, with the age of the oldest one: `mail`, `announce` (events to webhooks), `merge` and others */
    waiting: {
      kind: string
      seconds: number
    }[]
  } | undefined
}

export interface TokenResponse {
  access_token: string
  token_type: 'Bearer'
  /** Seconds */
  expires_in: number
  refresh_token?: string | undefined
  scope: string
}

/** A problem with the `error` of RFC 6749 (5.2), as `application/json`. Every refusal of the OAuth routes is one. */
export interface OAuthProblem {
  /** The URL of the code on the page of errors. Compare `code` instead */
  type: string
  title: string
  status: number
  code: 'malformed_request' | 'malformed_json' | 'unauthenticated' | 'invalid_token' | 'insufficient_scope' | 'caller_not_allowed' | 'invalid_credentials' | 'session_ended' | 'email_unverified' | 'customer_disabled' | 'identity_unlinked' | 'identity_elsewhere' | 'fresh_proof_required' | 'not_found' | 'order_not_found' | 'method_not_allowed' | 'customer_not_found' | 'address_not_found' | 'group_not_found' | 'session_not_found' | 'passkey_not_found' | 'identity_not_found' | 'consent_not_found' | 'membership_not_found' | 'event_not_found' | 'dead_letter_not_found' | 'webhook_not_found' | 'delivery_not_found' | 'webhook_disabled' | 'rotation_in_progress' | 'dead_letter_unreadable' | 'customer_merged' | 'customer_is_guest' | 'customer_is_active' | 'email_already_verified' | 'mail_token_invalid' | 'email_taken' | 'identity_taken' | 'external_id_taken' | 'passkey_invalid' | 'passkey_exists' | 'passkey_limit_reached' | 'address_exists' | 'address_limit_reached' | 'group_taken' | 'group_being_deleted' | 'rule_cycle' | 'rule_too_deep' | 'rule_limit_reached' | 'group_in_use' | 'membership_by_rule' | 'guest_checkout_disabled' | 'merge_not_found' | 'merge_not_undoable' | 'merge_with_itself' | 'guest_cannot_survive' | 'too_much_metadata' | 'metadata_key_reserved' | 'rule_not_trusted' | 'idempotency_key_in_use' | 'idempotency_key_reused' | 'precondition_failed' | 'wrong_host' | 'body_too_large' | 'unsupported_media_type' | 'invalid_input' | 'invalid_cursor' | 'narrow_the_query' | 'too_many_attempts' | 'too_many_requests' | 'invalid_request' | 'invalid_client' | 'unauthorized_client' | 'invalid_grant' | 'unsupported_grant_type' | 'invalid_scope' | 'unsupported_token_type' | 'internal' | 'misconfigured' | 'database_unavailable' | 'issuer_unavailable'
  detail: string
  requestId: string
  errors?: {
    path: string
    code: string
    message: string
  }[] | undefined
  why?: Why | undefined
  /** The fields changed since the version in If-Match */
  changed?: string[] | undefined
  /** For `customer_merged`: the survivor of the customer that the request names. Only services see it */
  survivorId?: string | undefined
  /** For `caller_not_allowed` and `insufficient_scope`: the kind of caller that the request's token belongs to */
  caller?: 'service' | 'storefront' | 'shopper' | undefined
  /** For `caller_not_allowed`: the kinds of callers that may use the route */
  callers?: ('service' | 'storefront' | 'shopper')[] | undefined
  /** For `insufficient_scope`: the scope that the token lacks */
  scope?: string | undefined
  /** For `method_not_allowed`: the methods of the path, as in `Allow` */
  allow?: string[] | undefined
  /** The limit that was reached, by its name in `RateLimit` */
  limit?: string | undefined
  /** Seconds to wait, as in `Retry-After` */
  retryAfter?: number | undefined
  error: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unauthorized_client' | 'unsupported_grant_type' | 'invalid_scope' | 'unsupported_token_type' | 'temporarily_unavailable' | 'server_error'
  error_description: string
}

export interface RevokeRequest {
  token: string
  token_type_hint?: string | undefined
  client_id?: string | undefined
  /** Use it instead of HTTP Basic, not together with it */
  client_secret?: string | undefined
  /** A JWT signed by the client, instead of a secret (`private_key_jwt`) */
  client_assertion?: string | undefined
  client_assertion_type?: string | undefined
}

/** What the page sends */
export interface LoginForm {
  page: string
  /** Log in by the password or a passkey, have a code mailed, log in by the code, choose another way, go back to the client, or log in at a provider and connect its login */
  way?: 'password' | 'passkey' | 'code' | 'verify' | 'back' | 'cancel' | 'provider' | 'prove' | 'connect' | undefined
  email?: string | undefined
  password?: string | undefined
  code?: string | undefined
  /** The name of the provider to log in at */
  provider?: string | undefined
  /** A PasskeyAssertion as JSON */
  passkey?: string | undefined
}

/** RFC 6749, 4.1.2, sent by a form. The service ignores a name or an address in it. */
export interface ProviderAnswer {
  code?: string | undefined
  state?: string | undefined
  iss?: string | undefined
  error?: string | undefined
}

/** RFC 9728 */
export interface ResourceMetadata {
  resource: string
  authorization_servers: string[]
  scopes_supported: string[]
  bearer_methods_supported: string[]
  resource_documentation: string
}

export interface CustomerPage {
  data: Customer[]
  pagination: Pagination
}

export interface Customer {
  id: string
  externalId: string | null
  email: string
  firstName: string | null
  lastName: string | null
  phone: string | null
  locale: string | null
  status: 'guest' | 'unverified' | 'active' | 'disabled' | 'merged' | 'erased'
  emailVerified: boolean
  /** Oldest first, here and in every list */
  addresses: Address[]
  groups: string[]
  metadata: Record<string, string>
  /** The present state of each purpose that the customer was asked about */
  consents: Record<string, 'granted' | 'pending' | 'withdrawn'>
  /** Orders that are not canceled, in every currency */
  orderCount: number
  /** Minor units of `currency` */
  totalSpent: number
  currency: string
  spent: {
    currency: string
    amount: number
    orders: number
  }[]
  lastOrderAt: string | null
  createdAt: string
  updatedAt: string
  /** The id in the request, if that customer was merged into this one */
  mergedFrom?: string | undefined
}

export interface Address {
  id: string
  label: string | null
  firstName: string | null
  lastName: string | null
  company: string | null
  line1: string
  line2: string | null
  city: string | null
  /** In AU, CA and US, the code of the state. Elsewhere the state as it was written. The same state by code, ISO 3166-2 or name makes no second address */
  state: string | null
  /** As the country writes it: H2X 1Y4 for h2x1y4 */
  postalCode: string | null
  /** ISO 3166-1 alpha-2 */
  country: string
  phone: string | null
  /** Whether it is the default for shipping */
  isDefault: boolean
  defaultFor: ('shipping' | 'billing')[]
}

export interface Pagination {
  limit: number
  hasMore: boolean
  /** The list ends when it is `null`. An earlier page may have fewer items than `limit`, even none */
  nextCursor: string | null
  /** When `count` asks for it */
  total?: number | undefined
  /** false: there are at least `total` */
  totalIsExact?: boolean | undefined
}

export interface SearchCustomers {
  id?: string[] | undefined
  externalId?: string | undefined
  /** In any of these groups */
  group?: string[] | undefined
  /** Customers in none of these groups. A customer without groups matches */
  groupNot?: string[] | undefined
  /** `all`: in every one of them */
  groupMode?: 'any' | 'all' | undefined
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email?: string | undefined
  /** The customer of this order. A canceled order counts, too */
  orderId?: string | undefined
  /** Any of these: words of the name or their beginnings, in any order, joined or not, with or without accents and optional marks; the beginning of the e-mail address; a phone as in `phone`; an order number; a postal code as in `postalCode`, of three or more characters with a digit. A phone, a postal code or an order number with a digit may also stand before, behind or between words of the name, which must fit as well: `felix 10115`. If no customer matches it together with the other filters, each word of a name may have one typo: a letter dropped, added, replaced or swapped with its neighbour. Then customers with the fewest wrong words come first, and the search considers at most the newest 2,000 customers. It does not guess numbers: a number beside a misspelt name must be right. It does not guess mail addresses, and never guesses in an addition to a group */
  q?: string | undefined
  /** Any of these */
  status?: ('guest' | 'unverified' | 'active' | 'disabled' | 'merged')[] | undefined
  emailVerified?: boolean | undefined
  /** The domain of the verified e-mail address, in any case, as letters or in ASCII. A subdomain is another domain */
  emailDomain?: string | undefined
  /** The language tag or its beginning: `de` is also `de-AT`, `de-AT` is not `de`. Case does not matter; `de_AT` is read as `de-AT` */
  locale?: string | undefined
  /** The value of a metadata key, exactly as stored: `metadata.tier=gold`. Only keys of the settings `metadata_filter_keys` and `metadata_service_keys` */
  metadata?: Record<string, string> | undefined
  /** A purpose and its state: `marketing:granted`. A consent that waits for the double opt-in is `marketing:pending` */
  consent?: string | undefined
  /** The customer's own phone or one of its addresses, in any spelling. Without the country code it has only digits, and matches as an ending of at least four digits. If there are more than six, one leading 0 is dropped */
  phone?: string | undefined
  /** The country of any address (ISO 3166-1 alpha-2) */
  country?: string | undefined
  /** The city of any address or its beginning, without regard to case, accents, punctuation and blanks: `St. Gallen` is also `sankt gallen` */
  city?: string | undefined
  /** The postal code of any address or its beginning, without regard to case, spaces and hyphens: `SW1A` is also `SW1A 1AA`. A whole code may have the letters of its country: `D-10115`; a long one also finds the short one: `94102-1234` */
  postalCode?: string | undefined
  /** Words that all begin words of the two lines of one address, in any order, joined or not, in full or short; a house number is a word: `hauptstr 5` is also `Haupt-Straße 5` */
  street?: string | undefined
  /** Words that all begin words of the company of one address, in any order, joined or not: `e.on` is also `eon` */
  company?: string | undefined
  /** Orders in every currency. A canceled order does not count, a refunded one does */
  minOrders?: number | undefined
  /** Orders in every currency. A canceled order does not count, a refunded one does */
  maxOrders?: number | undefined
  /** Whether there is an order. A canceled order does not count, a refunded one does */
  hasOrders?: boolean | undefined
  /** Minor units of the tenant's currency, less refunds; canceled orders and other currencies do not count */
  minSpent?: number | undefined
  /** Minor units of the tenant's currency, less refunds; canceled orders and other currencies do not count */
  maxSpent?: number | undefined
  /** Includes that moment */
  createdAfter?: string | undefined
  /** Excludes that moment */
  createdBefore?: string | undefined
  /** Includes that moment */
  updatedAfter?: string | undefined
  /** Excludes that moment */
  updatedBefore?: string | undefined
  /** Includes that moment. A canceled order does not count */
  lastOrderAfter?: string | undefined
  /** Excludes that moment. A canceled order does not count */
  lastOrderBefore?: string | undefined
  /** Customers without the name or an order come last in both directions */
  sort?: 'createdAt:asc' | 'createdAt:desc' | 'updatedAt:asc' | 'updatedAt:desc' | 'totalSpent:asc' | 'totalSpent:desc' | 'orderCount:asc' | 'orderCount:desc' | 'lastOrderAt:asc' | 'lastOrderAt:desc' | 'firstName:asc' | 'firstName:desc' | 'lastName:asc' | 'lastName:desc' | 'email:asc' | 'email:desc' | undefined
  /** Adds `total` and `totalIsExact`. The total is exact up to 10,000, and for all members of one group. Beyond that it is a lower bound. `capped` reads less, so its bound may be lower */
  count?: 'none' | 'capped' | 'exact' | undefined
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
}

export interface Session {
  accessToken: string
  /** Valid for one refresh. Within ten seconds, a repeat gets the same new refresh token, while that one is unused. A later use ends the session. */
  refreshToken: string
  tokenType: 'Bearer'
  /** Seconds the access token lives */
  expiresIn: number
  /** When the access token expires */
  expiresAt: string
  /** The customer's id */
  userId: string
  /** Proves that this device has logged in. Keep it on the device for 400 days, even after the logout, and send it with the next login or request for a mail. It ends with a reset, a log out everywhere, another e-mail address, disable and erase. A session that a service opened has none. */
  deviceToken?: string | undefined
  customer: Customer
}

export interface LogIn {
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email: string
  /** At least `password_min_length` code points, at most 256 bytes, not a common password in any spelling. The check ignores accents and other marks, invisible characters and blanks at the ends. The password is hashed as typed. */
  password: string
  /** The device token of an earlier session of the account on this device. With it, attempts and mails of others do not count here. A wrong token changes nothing */
  deviceToken?: string | undefined
}

/** Required from a client with a secret that got its session for a code of the login page */
export interface Refresh {
  refreshToken: string
  clientId?: string | undefined
  clientSecret?: string | undefined
}

export interface LogOut {
  refreshToken?: string | undefined
}

export interface SessionPage {
  data: SessionInfo[]
  pagination: Pagination
}

export interface SessionInfo {
  id: string
  clientId: string
  userAgent: string | null
  /** The IP address that opened the session */
  address: string | null
  /** Whether it is the session of this request */
  current: boolean
  /** The time of the shopper’s last proof: a password, a link, a code or a passkey. null: a service, or a token of the identity provider, opened the session */
  provenAt: string | null
  createdAt: string
  lastUsedAt: string
  expiresAt: string
}

export interface CodeRequested {
  /** The handle from `POST /auth/code`. The codes are valid only with it */
  handle: string
}

export interface RequestCode {
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email: string
  /** The handle of an earlier request, to get another code. The newest two codes are valid */
  handle?: string | undefined
  /** The device token of an earlier session of the account on this device. With it, attempts and mails of others do not count here. A wrong token changes nothing */
  deviceToken?: string | undefined
}

export interface VerifyCode {
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email: string
  /** The six digits of the mail, or the token of its link, or the whole link. Blanks, dashes and invisible characters are dropped. */
  code: string
  /** The handle from `POST /auth/code`. The codes are valid only with it */
  handle: string
  /** The device token of an earlier session of the account on this device. With it, attempts and mails of others do not count here. A wrong token changes nothing */
  deviceToken?: string | undefined
}

export interface PasskeyCreation {
  rp: {
    id: string
    name: string
  }
  user: {
    id: string
    name: string
    displayName: string
  }
  /** Good once, for five minutes */
  challenge: string
  pubKeyCredParams: {
    type: 'public-key'
    alg: number
  }[]
  timeout: number
  excludeCredentials: {
    type: 'public-key'
    id: string
    transports: string[]
  }[]
  authenticatorSelection: {
    residentKey: 'required'
    requireResidentKey: true
    userVerification: 'required'
  }
  attestation: 'none'
}

export interface Passkey {
  id: string
  name: string
  /** Whether it stays on one device or can be on several */
  deviceType: 'singleDevice' | 'multiDevice'
  /** Whether it was synchronised when it was last used */
  backedUp: boolean
  /** How a browser reaches it, according to the authenticator: `internal`, `hybrid`, … */
  transports: string[]
  /** The model of the authenticator, according to itself. Many send only zeros */
  aaguid: string
  createdAt: string
  /** The last login with it; null: none yet */
  lastUsedAt: string | null
}

/** `toJSON()` of what the browser answers, in WebAuthn’s JSON. Other members are ignored */
export interface RegisterPasskey {
  id: string
  rawId: string
  type: 'public-key'
  response: {
    clientDataJSON: string
    attestationObject: string
    transports?: string[] | undefined
  }
  /** Default: the kind of device that sends the request */
  name?: string | undefined
}

export interface PasskeyRequest {
  /** Good once, for five minutes */
  challenge: string
  timeout: number
  rpId: string
  /** Empty: the authenticator knows the owners of its passkeys */
  allowCredentials: {
    type: 'public-key'
    id: string
    transports: string[]
  }[]
  userVerification: 'required'
}

/** `toJSON()` of what the browser answers, in WebAuthn’s JSON. Other members are ignored */
export interface PasskeyAssertion {
  id: string
  rawId: string
  type: 'public-key'
  response: {
    clientDataJSON: string
    authenticatorData: string
    signature: string
    userHandle?: string | null | undefined
  }
}

export interface PasskeyPage {
  data: Passkey[]
  pagination: Pagination
}

export interface RenamePasskey {
  name: string
}

export interface LinkedIdentityPage {
  data: LinkedIdentity[]
  pagination: Pagination
}

export interface LinkedIdentity {
  id: string
  /** The provider’s name in the settings when it was linked */
  provider: string
  createdAt: string
  /** The last login with it, or the moment when it was linked */
  lastUsedAt: string
}

export interface VerifyEmail {
  /** The token of the link in the mail, or the whole link. The service drops characters that copying adds: blanks, line ends, invisible characters, quotes, brackets and punctuation around it. */
  token: string
  /** The password of the registration, or a new one. Not needed with the access token of the account */
  password?: string | undefined
}

export interface Accepted {
  status: 'accepted'
}

export interface ResendVerification {
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email: string
  /** Selects the registration with this password, if the address has several */
  password?: string | undefined
  /** The device token of an earlier session of the account on this device. With it, attempts and mails of others do not count here. A wrong token changes nothing */
  deviceToken?: string | undefined
}

export interface ForgotPassword {
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email: string
  /** The device token of an earlier session of the account on this device. With it, attempts and mails of others do not count here. A wrong token changes nothing */
  deviceToken?: string | undefined
}

export interface ResetPassword {
  /** The token of the link in the mail, or the whole link. The service drops characters that copying adds: blanks, line ends, invisible characters, quotes, brackets and punctuation around it. */
  token: string
  /** At least `password_min_length` code points, at most 256 bytes, not a common password in any spelling. The check ignores accents and other marks, invisible characters and blanks at the ends. The password is hashed as typed. */
  password: string
}

export interface ChangePassword {
  /** Not needed if the session has a proof that is younger than ten minutes. An account without a password has no other way */
  currentPassword?: string | undefined
  /** At least `password_min_length` code points, at most 256 bytes, not a common password in any spelling. The check ignores accents and other marks, invisible characters and blanks at the ends. The password is hashed as typed. */
  password: string
}

/** Send exactly one of these proofs. A passkey uses the options of `POST /auth/passkey/login/options`. A code needs the handle of `POST /auth/code` */
export interface Reauthenticate {
  /** At least `password_min_length` code points, at most 256 bytes, not a common password in any spelling. The check ignores accents and other marks, invisible characters and blanks at the ends. The password is hashed as typed. */
  password?: string | undefined
  /** The six digits of the mail, or the token of its link, or the whole link. Blanks, dashes and invisible characters are dropped. */
  code?: string | undefined
  /** The handle from `POST /auth/code`. The codes are valid only with it */
  handle?: string | undefined
  passkey?: PasskeyAssertion | undefined
}

export interface ChangeEmail {
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email: string
  /** The password of the account, unless the session has a proof that is younger than ten minutes */
  password?: string | undefined
}

export interface ConfirmEmail {
  /** The token of the link in the mail, or the whole link. The service drops characters that copying adds: blanks, line ends, invisible characters, quotes, brackets and punctuation around it. */
  token: string
  /** The password of the account. Not needed with its access token */
  password?: string | undefined
}

export interface UndoEmail {
  /** The token of the link in the mail, or the whole link. The service drops characters that copying adds: blanks, line ends, invisible characters, quotes, brackets and punctuation around it. */
  token: string
}

export interface CreateGuest {
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email: string
  firstName?: string | null | undefined
  lastName?: string | null | undefined
  /** A number with + (or 00) and the country code, with any spacing. It is stored as E.164. A number with an extension is refused */
  phone?: string | null | undefined
  /** BCP 47. Case does not matter; `en_US` and `en_US.UTF-8` are read as `en-US` */
  locale?: string | null | undefined
  address?: AddAddress | undefined
}

export interface AddAddress {
  line1: string
  /** ISO 3166-1 alpha-2 */
  country: string
  label?: string | null | undefined
  firstName?: string | null | undefined
  lastName?: string | null | undefined
  company?: string | null | undefined
  line2?: string | null | undefined
  city?: string | null | undefined
  state?: string | null | undefined
  postalCode?: string | null | undefined
  /** A number with + (or 00) and the country code, with any spacing. It is stored as E.164. A number with an extension is refused */
  phone?: string | null | undefined
  /** true makes it the default for shipping and billing, unless `defaultFor` names the purposes. false changes nothing: to remove a default, make another address the default */
  isDefault?: boolean | undefined
  /** The purposes to become the default for; other defaults stay */
  defaultFor?: ('shipping' | 'billing')[] | undefined
  /** true is for services only: the address comes from another system. Then only `line1` and `country` are required, and an unknown state or postal code is kept as it is. Otherwise city, state and postal code are required where the country needs them (a state in AU, BR, CA, CN, ES, IN, IT, JP, MX, TW and US) */
  imported?: boolean | undefined
}

export interface CreateCustomer {
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email: string
  firstName?: string | null | undefined
  lastName?: string | null | undefined
  /** A number with + (or 00) and the country code, with any spacing. It is stored as E.164. A number with an extension is refused */
  phone?: string | null | undefined
  /** BCP 47. Case does not matter; `en_US` and `en_US.UTF-8` are read as `en-US` */
  locale?: string | null | undefined
  externalId?: string | null | undefined
  /** At least `password_min_length` code points, at most 256 bytes, not a common password in any spelling. The check ignores accents and other marks, invisible characters and blanks at the ends. The password is hashed as typed. */
  password?: string | undefined
  metadata?: Record<string, string> | undefined
}

export interface UpdateCustomer {
  firstName?: string | null | undefined
  lastName?: string | null | undefined
  /** A number with + (or 00) and the country code, with any spacing. It is stored as E.164. A number with an extension is refused */
  phone?: string | null | undefined
  /** BCP 47. Case does not matter; `en_US` and `en_US.UTF-8` are read as `en-US` */
  locale?: string | null | undefined
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email?: string | undefined
  externalId?: string | null | undefined
  metadata?: Record<string, string | null> | undefined
}

export interface DeleteCustomer {
  /** Required from shoppers, unless the session has a proof that is younger than ten minutes */
  currentPassword?: string | undefined
}

export interface DisableCustomer {
  reason?: string | null | undefined
}

export interface OpenSession {
  /** For the event `customer.session_opened`, at most 500 characters */
  reason?: string | null | undefined
}

export interface AddressPage {
  data: Address[]
  pagination: Pagination
}

export interface UpdateAddress {
  line1?: string | undefined
  /** ISO 3166-1 alpha-2. Another country clears the state and the postal code, unless they come with it */
  country?: string | undefined
  label?: string | null | undefined
  firstName?: string | null | undefined
  lastName?: string | null | undefined
  company?: string | null | undefined
  line2?: string | null | undefined
  city?: string | null | undefined
  state?: string | null | undefined
  postalCode?: string | null | undefined
  /** A number with + (or 00) and the country code, with any spacing. It is stored as E.164. A number with an extension is refused */
  phone?: string | null | undefined
  /** true makes it the default for shipping and billing, unless `defaultFor` names the purposes. false changes nothing: to remove a default, make another address the default */
  isDefault?: boolean | undefined
  /** The purposes to become the default for; other defaults stay */
  defaultFor?: ('shipping' | 'billing')[] | undefined
  /** true is for services only: the address comes from another system. Then only `line1` and `country` are required, and an unknown state or postal code is kept as it is. Otherwise city, state and postal code are required where the country needs them (a state in AU, BR, CA, CN, ES, IN, IT, JP, MX, TW and US) */
  imported?: boolean | undefined
}

export interface EventPage {
  data: Event[]
  pagination: Pagination
}

export interface Event {
  id: string
  type: 'customer.created' | 'customer.updated' | 'customer.group_added' | 'customer.group_removed' | 'customer.merged' | 'customer.unmerged' | 'customer.email_verified' | 'customer.disabled' | 'customer.enabled' | 'customer.deleted' | 'customer.erased' | 'customer.exported' | 'customer.consent_changed' | 'customer.order_recorded' | 'customer.session_opened' | 'customer.session_reused' | 'customer.locked' | 'customer.passkey_added' | 'customer.passkey_removed' | 'customer.passkey_reused' | 'customer.login_linked' | 'customer.login_unlinked' | 'webhook.disabled' | 'limit.reached'
  timestamp: string
  /** Rises by one per event of a customer, without a gap; null for an event without a customer */
  sequence: number | null
  actor: {
    type: string
    id: string | null
  }
  requestId: string | null
  data: EventData
}

export interface EventData {
  customerId?: string | undefined
  customer?: {
    id: string
    status: 'guest' | 'unverified' | 'active' | 'disabled' | 'merged' | 'erased'
    version: number
  } | undefined
  changed?: string[] | undefined
  address?: {
    id: string
    label?: string | null | undefined
    firstName?: string | null | undefined
    lastName?: string | null | undefined
    company?: string | null | undefined
    line1?: string | undefined
    line2?: string | null | undefined
    city?: string | null | undefined
    /** In AU, CA and US, the code of the state. Elsewhere the state as it was written. The same state by code, ISO 3166-2 or name makes no second address */
    state?: string | null | undefined
    /** As the country writes it: H2X 1Y4 for h2x1y4 */
    postalCode?: string | null | undefined
    /** ISO 3166-1 alpha-2 */
    country?: string | undefined
    phone?: string | null | undefined
    /** Whether it is the default for shipping */
    isDefault?: boolean | undefined
    defaultFor?: ('shipping' | 'billing')[] | undefined
    action: 'added' | 'changed' | 'removed'
    changed?: string[] | undefined
  } | undefined
  defaultAddresses?: {
    shipping: string | null
    billing: string | null
  } | undefined
  reason?: string | null | undefined
  group?: string | undefined
  source?: string | undefined
  expiresAt?: string | null | undefined
  order?: {
    id: string
    customerId: string
    currency: string
    /** Minor units, before refunds */
    total: number
    refunded: number
    state: 'paid' | 'canceled'
    placedAt: string
    version: number
    recordedAt: string
    movedFrom?: string | undefined
    movedTo?: string | undefined
  } | undefined
  orderCount?: number | undefined
  totalSpent?: number | undefined
  currency?: string | undefined
  mergeId?: string | undefined
  survivorId?: string | undefined
  mergedId?: string | undefined
  mergedIds?: string[] | undefined
  guestIds?: string[] | undefined
  role?: 'survivor' | 'merged' | undefined
  automatic?: boolean | undefined
  orders?: number | undefined
  addresses?: number | undefined
  orderIds?: string[] | undefined
  addressIds?: string[] | undefined
  groups?: string[] | undefined
  conflicts?: Record<string, string>[] | undefined
  consent?: {
    purpose: string
    /** pending: the consent waits for the double opt-in by mail, and counts as not granted */
    state: 'granted' | 'pending' | 'withdrawn'
    source: string | null
    textVersion: string | null
  } | undefined
  sessionId?: string | undefined
  passkeyId?: string | undefined
  passkeyIds?: string[] | undefined
  provider?: string | undefined
  until?: string | undefined
  webhookId?: string | undefined
  failingSince?: string | null | undefined
  limit?: string | undefined
  since?: string | undefined
  clientId?: string | undefined
  erased?: true | undefined
}

export interface Replayed {
  /** The number of deliveries that were started (again) */
  deliveries: number
}

export interface ReplayEvent {
  /** Only to this webhook. Default: to every webhook with this event type */
  webhook?: string | undefined
}

export interface WebhookPage {
  data: Webhook[]
  pagination: Pagination
}

export interface Webhook {
  id: string
  /** As the URL parser writes it, without a fragment */
  url: string
  events: string[]
  description: string | null
  status: 'enabled' | 'disabled'
  /** `asked`: by PATCH; `failing`: nothing arrived for five days; `gone`: it answered 410 */
  disabledReason: 'asked' | 'failing' | 'gone' | null
  /** The first failure since the last delivery that arrived */
  failingSince: string | null
  lastAttempt: {
    at: string
    status: number | null
    error: 'status' | 'redirect' | 'timeout' | 'unreachable' | 'url_not_allowed' | null
  } | null
  /** After a rotation: the time until which the previous secret signs too */
  previousSecretUntil: string | null
  createdAt: string
  updatedAt: string
}

export interface WebhookWithSecret {
  id: string
  /** As the URL parser writes it, without a fragment */
  url: string
  events: string[]
  description: string | null
  status: 'enabled' | 'disabled'
  /** `asked`: by PATCH; `failing`: nothing arrived for five days; `gone`: it answered 410 */
  disabledReason: 'asked' | 'failing' | 'gone' | null
  /** The first failure since the last delivery that arrived */
  failingSince: string | null
  lastAttempt: {
    at: string
    status: number | null
    error: 'status' | 'redirect' | 'timeout' | 'unreachable' | 'url_not_allowed' | null
  } | null
  /** After a rotation: the time until which the previous secret signs too */
  previousSecretUntil: string | null
  createdAt: string
  updatedAt: string
  /** Verifies signatures (Standard Webhooks 1.0). Only this answer shows it */
  secret: string
}

export interface CreateWebhook {
  /** https, at port 443 or 8443 of a public host name that is not this service, without credentials, blanks and control characters. Three hosts are refused (`url_not_allowed`): an IP address, a name that is reserved for internal networks, and a name that contains a private address. A name that resolves to a private address is refused when a message is sent. Redirects are not followed. The URL is stored as the URL parser writes it (WHATWG URL), without a fragment: `HTTPS://Bücher.example:443\a#b` is `https://xn--bcher-kva.example/a` */
  url: string
  events: ('*' | 'customer.*' | 'webhook.*' | 'limit.*' | 'customer.created' | 'customer.updated' | 'customer.group_added' | 'customer.group_removed' | 'customer.merged' | 'customer.unmerged' | 'customer.email_verified' | 'customer.disabled' | 'customer.enabled' | 'customer.deleted' | 'customer.erased' | 'customer.exported' | 'customer.consent_changed' | 'customer.order_recorded' | 'customer.session_opened' | 'customer.session_reused' | 'customer.locked' | 'customer.passkey_added' | 'customer.passkey_removed' | 'customer.passkey_reused' | 'customer.login_linked' | 'customer.login_unlinked' | 'webhook.disabled' | 'limit.reached')[]
  description?: string | null | undefined
}

export interface UpdateWebhook {
  /** https, at port 443 or 8443 of a public host name that is not this service, without credentials, blanks and control characters. Three hosts are refused (`url_not_allowed`): an IP address, a name that is reserved for internal networks, and a name that contains a private address. A name that resolves to a private address is refused when a message is sent. Redirects are not followed. The URL is stored as the URL parser writes it (WHATWG URL), without a fragment: `HTTPS://Bücher.example:443\a#b` is `https://xn--bcher-kva.example/a` */
  url?: string | undefined
  events?: ('*' | 'customer.*' | 'webhook.*' | 'limit.*' | 'customer.created' | 'customer.updated' | 'customer.group_added' | 'customer.group_removed' | 'customer.merged' | 'customer.unmerged' | 'customer.email_verified' | 'customer.disabled' | 'customer.enabled' | 'customer.deleted' | 'customer.erased' | 'customer.exported' | 'customer.consent_changed' | 'customer.order_recorded' | 'customer.session_opened' | 'customer.session_reused' | 'customer.locked' | 'customer.passkey_added' | 'customer.passkey_removed' | 'customer.passkey_reused' | 'customer.login_linked' | 'customer.login_unlinked' | 'webhook.disabled' | 'limit.reached')[] | undefined
  description?: string | null | undefined
  status?: 'enabled' | 'disabled' | undefined
}

export interface WebhookTest {
  delivered: boolean
  durationMs: number
  /** `status`: an answer other than 2xx; `redirect`: not followed; `unreachable`: no connection, or it broke; `url_not_allowed`: the URL, or an address that its name resolves to, is one that nothing is sent to */
  error: 'status' | 'redirect' | 'timeout' | 'unreachable' | 'url_not_allowed' | null
  response: {
    status: number
    body: string | null
    durationMs: number
  } | null
}

export interface ReplayAccepted {
  status: 'accepted'
}

export interface ReplayRange {
  /** An event id or a moment. The event itself is not included */
  after: string
  /** An event id or a moment. Default: now */
  before?: string | undefined
}

export interface DeliveryPage {
  data: Delivery[]
  pagination: Pagination
}

export interface Delivery {
  id: string
  webhookId: string
  /** Sent as `webhook-id` */
  eventId: string
  type: 'customer.created' | 'customer.updated' | 'customer.group_added' | 'customer.group_removed' | 'customer.merged' | 'customer.unmerged' | 'customer.email_verified' | 'customer.disabled' | 'customer.enabled' | 'customer.deleted' | 'customer.erased' | 'customer.exported' | 'customer.consent_changed' | 'customer.order_recorded' | 'customer.session_opened' | 'customer.session_reused' | 'customer.locked' | 'customer.passkey_added' | 'customer.passkey_removed' | 'customer.passkey_reused' | 'customer.login_linked' | 'customer.login_unlinked' | 'webhook.disabled' | 'limit.reached'
  status: 'pending' | 'delivered' | 'failed'
  attempts: number
  nextAttemptAt: string | null
  attemptedAt: string | null
  /** `status`: an answer other than 2xx; `redirect`: not followed; `unreachable`: no connection, or it broke; `url_not_allowed`: the URL, or an address that its name resolves to, is one that nothing is sent to */
  error: 'status' | 'redirect' | 'timeout' | 'unreachable' | 'url_not_allowed' | null
  response: {
    status: number
    body: string | null
    durationMs: number
  } | null
  createdAt: string
  settledAt: string | null
}

export interface DeadLetterPage {
  data: DeadLetter[]
  pagination: Pagination
}

export interface DeadLetter {
  id: string
  /** The queue that had the message; `customer-dead` if the queue itself gave up on it */
  queue: string
  /** `unreadable` for a message that names no job */
  kind: string
  /** The message as it was in the queue. It is a text if JSON cannot express it or it is nested too deeply */
  message?: unknown | undefined
  /** Tries in that queue */
  attempts: number
  createdAt: string
  replayedAt: string | null
}

export interface GroupPage {
  data: Group[]
  pagination: Pagination
}

export interface Group {
  key: string
  name: string | null
  description: string | null
  /** For price lists */
  metadata: Record<string, string>
  /** The filter whose customers are in the group, as in the list of customers. null: members are added by hand only */
  rule: Record<string, unknown> | null
  /** The rule may read values that shoppers can change */
  allowShopperValues: boolean
  /** running: the service carries out a new rule or a large addition. stopped: a setting has made the rule invalid, and its members stay */
  state: 'ready' | 'running' | 'stopped'
  /** The customers that the newest work has examined so far */
  done: number
  /** The customers that the newest work has to examine. null: they are not counted yet */
  total: number | null
  createdAt: string
  updatedAt: string
}

export interface CreateGroup {
  /** A group's key or name. Case, accents of Latin letters, blanks and dashes do not matter: `VIP` is `vip` */
  key: string
  /** Default: the text that named the new group */
  name?: string | null | undefined
  description?: string | null | undefined
  metadata?: Record<string, string> | undefined
  /** A filter of the list of customers. Customers are in the group while they match it. It cannot have `id`, `externalId`, `email`, `q`, `updatedAfter` and `updatedBefore`. A metadata key may be written as `metadata.tier`. null: members are added by hand only */
  rule?: Record<string, unknown> | null | undefined
  /** Allows a rule that reads values that shoppers can change, such as `country`. Then shoppers can put themselves into the group */
  allowShopperValues?: boolean | undefined
}

export interface UpdateGroup {
  /** Default: the text that named the new group */
  name?: string | null | undefined
  description?: string | null | undefined
  metadata?: Record<string, string | null> | undefined
  /** A filter of the list of customers. Customers are in the group while they match it. It cannot have `id`, `externalId`, `email`, `q`, `updatedAfter` and `updatedBefore`. A metadata key may be written as `metadata.tier`. null: members are added by hand only */
  rule?: Record<string, unknown> | null | undefined
  /** Allows a rule that reads values that shoppers can change, such as `country`. Then shoppers can put themselves into the group */
  allowShopperValues?: boolean | undefined
}

export interface MemberPage {
  data: Member[]
  pagination: Pagination
}

export interface Member {
  customerId: string
  /** The origin of the membership; `rule`: only the rule of the group holds the customer in it */
  source: 'manual' | 'rule' | 'merge' | 'import'
  addedAt: string
  /** The membership by hand ends within a minute after this time. The rule may keep the customer in the group */
  expiresAt: string | null
  why?: Why | undefined
}

export interface MemberChanges {
  added: number
  removed: number
  /** Customers who were in the group already, or were not in it */
  unchanged: number
  /** Customers that stay, because the rule of the group holds them */
  keptByRule: number
  /** Ids of no customer, or of a merged one */
  notFound: number
}

export interface ChangeMembers {
  /** Ids, or a filter of the list of customers. Up to 1,000 matching customers are added at once. A job adds more, and the group shows its progress */
  add?: string[] | {
    filter: CustomerFilter
  } | undefined
  remove?: string[] | undefined
}

export interface CustomerFilter {
  id?: string[] | undefined
  externalId?: string | undefined
  /** In any of these groups */
  group?: string[] | undefined
  /** Customers in none of these groups. A customer without groups matches */
  groupNot?: string[] | undefined
  /** `all`: in every one of them */
  groupMode?: 'any' | 'all' | undefined
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email?: string | undefined
  /** The customer of this order. A canceled order counts, too */
  orderId?: string | undefined
  /** Any of these: words of the name or their beginnings, in any order, joined or not, with or without accents and optional marks; the beginning of the e-mail address; a phone as in `phone`; an order number; a postal code as in `postalCode`, of three or more characters with a digit. A phone, a postal code or an order number with a digit may also stand before, behind or between words of the name, which must fit as well: `felix 10115`. If no customer matches it together with the other filters, each word of a name may have one typo: a letter dropped, added, replaced or swapped with its neighbour. Then customers with the fewest wrong words come first, and the search considers at most the newest 2,000 customers. It does not guess numbers: a number beside a misspelt name must be right. It does not guess mail addresses, and never guesses in an addition to a group */
  q?: string | undefined
  /** Any of these */
  status?: ('guest' | 'unverified' | 'active' | 'disabled' | 'merged')[] | undefined
  emailVerified?: boolean | undefined
  /** The domain of the verified e-mail address, in any case, as letters or in ASCII. A subdomain is another domain */
  emailDomain?: string | undefined
  /** The language tag or its beginning: `de` is also `de-AT`, `de-AT` is not `de`. Case does not matter; `de_AT` is read as `de-AT` */
  locale?: string | undefined
  /** The value of a metadata key, exactly as stored: `metadata.tier=gold`. Only keys of the settings `metadata_filter_keys` and `metadata_service_keys` */
  metadata?: Record<string, string> | undefined
  /** A purpose and its state: `marketing:granted`. A consent that waits for the double opt-in is `marketing:pending` */
  consent?: string | undefined
  /** The customer's own phone or one of its addresses, in any spelling. Without the country code it has only digits, and matches as an ending of at least four digits. If there are more than six, one leading 0 is dropped */
  phone?: string | undefined
  /** The country of any address (ISO 3166-1 alpha-2) */
  country?: string | undefined
  /** The city of any address or its beginning, without regard to case, accents, punctuation and blanks: `St. Gallen` is also `sankt gallen` */
  city?: string | undefined
  /** The postal code of any address or its beginning, without regard to case, spaces and hyphens: `SW1A` is also `SW1A 1AA`. A whole code may have the letters of its country: `D-10115`; a long one also finds the short one: `94102-1234` */
  postalCode?: string | undefined
  /** Words that all begin words of the two lines of one address, in any order, joined or not, in full or short; a house number is a word: `hauptstr 5` is also `Haupt-Straße 5` */
  street?: string | undefined
  /** Words that all begin words of the company of one address, in any order, joined or not: `e.on` is also `eon` */
  company?: string | undefined
  /** Orders in every currency. A canceled order does not count, a refunded one does */
  minOrders?: number | undefined
  /** Orders in every currency. A canceled order does not count, a refunded one does */
  maxOrders?: number | undefined
  /** Whether there is an order. A canceled order does not count, a refunded one does */
  hasOrders?: boolean | undefined
  /** Minor units of the tenant's currency, less refunds; canceled orders and other currencies do not count */
  minSpent?: number | undefined
  /** Minor units of the tenant's currency, less refunds; canceled orders and other currencies do not count */
  maxSpent?: number | undefined
  /** Includes that moment */
  createdAfter?: string | undefined
  /** Excludes that moment */
  createdBefore?: string | undefined
  /** Includes that moment */
  updatedAfter?: string | undefined
  /** Excludes that moment */
  updatedBefore?: string | undefined
  /** Includes that moment. A canceled order does not count */
  lastOrderAfter?: string | undefined
  /** Excludes that moment. A canceled order does not count */
  lastOrderBefore?: string | undefined
}

export interface GroupPreview {
  /** The customers who match, of at most 10,000 */
  count: number
  /** false: there are more than `count` */
  countIsExact: boolean
  /** The first ten, the oldest first */
  customers: {
    id: string
    email: string
    why: Why
  }[]
}

export interface PreviewGroup {
  rule: Record<string, unknown>
  allowShopperValues?: boolean | undefined
}

export interface MembershipPage {
  data: Membership[]
  pagination: Pagination
}

export interface Membership {
  /** The key of the group */
  key: string
  /** The origin of the membership; `rule`: only the rule of the group holds the customer in it */
  source: 'manual' | 'rule' | 'merge' | 'import'
  addedAt: string
  /** The membership by hand ends within a minute after this time. The rule may keep the customer in the group */
  expiresAt: string | null
  why?: Why | undefined
}

export interface NewMembership {
  /** The key of the group */
  key: string
  /** The origin of the membership; `rule`: only the rule of the group holds the customer in it */
  source: 'manual' | 'rule' | 'merge' | 'import'
  addedAt: string
  /** The membership by hand ends within a minute after this time. The rule may keep the customer in the group */
  expiresAt: string | null
  why?: Why | undefined
  groups: string[]
}

export interface AddMembership {
  /** A group's key or name. Case, accents of Latin letters, blanks and dashes do not matter: `VIP` is `vip` */
  group: string
  /** The end of the membership; null: never. Default: never for a new member, unchanged for a member */
  expiresAt?: string | null | undefined
}

export interface RecordedOrder {
  /** false: the ledger already had this version or a newer one, which it shows */
  applied: boolean
  id: string
  customerId: string
  currency: string
  /** Minor units, before refunds */
  total: number
  refunded: number
  state: 'paid' | 'canceled'
  placedAt: string
  version: number
  recordedAt: string
}

export interface RecordOrder {
  /** Minor units, before refunds */
  total: number
  /** Minor units, of `total` */
  refunded?: number | undefined
  /** ISO 4217, in any case */
  currency: string
  state: 'paid' | 'canceled'
  /** The time of the order, at most a day after now, because clocks differ */
  placedAt: string
  /** A number of the shop that rises with every change. The newest version wins */
  version: number
}

export interface OrderWithCustomer {
  id: string
  customerId: string
  currency: string
  /** Minor units, before refunds */
  total: number
  refunded: number
  state: 'paid' | 'canceled'
  placedAt: string
  version: number
  recordedAt: string
  /** null: its data was erased */
  customer: {
    id: string
    externalId: string | null
    email: string
    firstName: string | null
    lastName: string | null
    phone: string | null
    locale: string | null
    status: 'guest' | 'unverified' | 'active' | 'disabled' | 'merged' | 'erased'
    emailVerified: boolean
    /** Oldest first, here and in every list */
    addresses: Address[]
    groups: string[]
    metadata: Record<string, string>
    /** The present state of each purpose that the customer was asked about */
    consents: Record<string, 'granted' | 'pending' | 'withdrawn'>
    /** Orders that are not canceled, in every currency */
    orderCount: number
    /** Minor units of `currency` */
    totalSpent: number
    currency: string
    spent: {
      currency: string
      amount: number
      orders: number
    }[]
    lastOrderAt: string | null
    createdAt: string
    updatedAt: string
    /** The id in the request, if that customer was merged into this one */
    mergedFrom?: string | undefined
  } | null
}

export interface OrderPage {
  data: Order[]
  pagination: Pagination
}

export interface Order {
  id: string
  customerId: string
  currency: string
  /** Minor units, before refunds */
  total: number
  refunded: number
  state: 'paid' | 'canceled'
  placedAt: string
  version: number
  recordedAt: string
}

export interface Stats {
  customerId: string
  /** Orders that are not canceled, in every currency */
  orderCount: number
  /** Minor units of `currency`, less refunds */
  totalSpent: number
  currency: string
  spent: {
    currency: string
    amount: number
    orders: number
  }[]
  lastOrderAt: string | null
  /** The orders behind each number, newest first */
  explain?: {
    orderCount: string[]
    totalSpent: {
      orderId: string
      amount: number
    }[]
    spent: {
      orderId: string
      amount: number
      currency: string
    }[]
    lastOrderAt: string | null
    /** The orders that do not count */
    canceled: string[]
    /** false: there are more than the 1000 newest that were read */
    complete: boolean
  } | undefined
}

export interface DriftPage {
  data: Drift[]
  pagination: Pagination
}

export interface Drift {
  customerId: string
  /** The wrong counters */
  counted: {
    orderCount: number
    totalSpent: number
    spent: Record<string, {
      amount: number
      orders: number
    }>
    lastOrderAt: string | null
  }
  /** The corrected counters */
  ledger: {
    orderCount: number
    totalSpent: number
    spent: Record<string, {
      amount: number
      orders: number
    }>
    lastOrderAt: string | null
  }
  mendedAt: string
}

export interface MergePreview {
  /** Send it with the merge to get exactly this plan or a refusal */
  planId: string
  survivorId: string
  mergedId: string
  survivorVersion: number
  mergedVersion: number
  /** Orders that count for the other customer now, and for the survivor afterwards */
  orders: number
  spent: {
    currency: string
    amount: number
    orders: number
  }[]
  /** The addresses that will move */
  addresses: string[]
  /** The addresses that will stay in the record of the merge */
  leftAddresses: {
    id: string
    reason: 'same' | 'no_room' | 'orders_only'
  }[]
  groups: {
    key: string
    expiresAt: string | null
  }[]
  /** Blank fields to be filled */
  profile: Record<string, string>
  metadata: Record<string, string>
}

export interface PreviewMerge {
  /** The customer that is merged into the other */
  from: string
}

export interface Merge {
  id: string
  /** pending: the merge is due, and the service will do it */
  state: 'pending' | 'done' | 'undone'
  survivorId: string
  /** The customer that was merged into the survivor */
  mergedId: string
  /** true: the service merged by itself, because the customer has proven the guest’s address */
  automatic: boolean
  /** The guest was created after that proof */
  ordersOnly: boolean
  /** The caller who merged */
  actor: {
    type: string
    id: string | null
  } | null
  requestId: string | null
  /** The number that moved */
  orders: number
  /** The number that moved */
  addresses: number
  /** The groups that the survivor joined, or where a membership by hand was added to a membership by rule */
  groups: string[]
  /** The survivor's blank fields, filled */
  profile: string[]
  /** The keys that the survivor lacked */
  metadata: string[]
  /** The data that an undo could not restore, because it has changed since */
  conflicts: {
    type: 'order' | 'address' | 'profile' | 'metadata' | 'group'
    id: string
    reason: 'moved' | 'changed' | 'deleted'
  }[]
  createdAt: string
  mergedAt: string | null
  undoableUntil: string | null
  undoneAt: string | null
  undoneBy: {
    type: string
    id: string | null
  } | null
  /** Not in lists */
  detail?: {
    orderIds: string[]
    addressIds: string[]
    /** The addresses that did not move, in the record of the merge */
    leftAddresses: Address[]
    leftMetadata: Record<string, string>
  } | undefined
}

export interface MergeCustomers {
  /** The customer that is merged into the other */
  from: string
  /** The plan of a preview. The merge does exactly that plan, or is refused with the fields that have changed since */
  planId?: string | undefined
}

export interface MergePage {
  data: Merge[]
  pagination: Pagination
}

export interface Consents {
  data: Consent[]
}

export interface Consent {
  purpose: string
  /** pending: the consent waits for the double opt-in by mail, and counts as not granted */
  state: 'granted' | 'pending' | 'withdrawn'
  /** The place of the question, in the shop’s words */
  source: string | null
  /** The text that the customer saw */
  textVersion: string | null
  /** Who wrote it; null: a merge brought it */
  actor: {
    type: string
    id: string | null
  } | null
  updatedAt: string
  /** All answers of the customer, the newest first. None is changed or deleted */
  history: ConsentRecord[]
}

export interface ConsentRecord {
  /** pending: the consent waits for the double opt-in by mail, and counts as not granted */
  state: 'granted' | 'pending' | 'withdrawn'
  /** The place of the question, in the shop’s words */
  source: string | null
  /** The text that the customer saw */
  textVersion: string | null
  /** Who wrote it; null: a merge brought it */
  actor: {
    type: string
    id: string | null
  } | null
  at: string
  /** The customer, or one that was merged into it */
  customerId: string
}

export interface SetConsent {
  state: 'granted' | 'withdrawn'
  /** The place of the question: a page, a form, a call */
  source?: string | null | undefined
  /** The version of the text that the customer saw. Another version is a new record */
  textVersion?: string | null | undefined
}

export interface ConfirmedConsent {
  purpose: string
  /** pending: the consent waits for the double opt-in by mail, and counts as not granted */
  state: 'granted' | 'pending' | 'withdrawn'
  updatedAt: string
}

export interface ConfirmConsent {
  /** The token of the link in the mail, or the whole link. The service drops characters that copying adds: blanks, line ends, invisible characters, quotes, brackets and punctuation around it. */
  token: string
}

export interface CustomerExport {
  customerId: string
  exportedAt: string
  /** Every stored row, by section. It covers the customer, all customers that were merged into it, and the guests of its address if that address is verified and claimed: `account`, `addresses`, `orders`, `groups`, `sessions`, `events` and others. A section without rows is empty. docs/privacy.md names the table of each section, and its columns */
  sections: Record<string, Record<string, unknown>[]>
  /** The webhooks that got events of the customer, and may have its data */
  recipients: {
    webhookId: string
    host: string
  }[]
  /** The next page, for sections with more than 5,000 rows; null: this is the last page */
  nextCursor: string | null
}

export interface Erasure {
  id: string
  customerId: string
  /** The customers that were merged into it or into its guests */
  mergedIds: string[]
  /** The guests of its address, which was verified and claimed */
  guestIds: string[]
  /** running: the customer is erased, and jobs empty the rest of a long history */
  state: 'running' | 'done'
  reason: 'requested' | 'retention' | 'court' | 'other'
  actor: {
    type: string
    id: string | null
  }
  requestId: string | null
  erasedAt: string
  finishedAt: string | null
  webhooks: {
    webhookId: string
    /** The host of its URL */
    host: string
    /** `delivered`: the webhook answered 2xx. This proves that it received the event, not that it deleted the data */
    status: 'pending' | 'delivered' | 'failed'
    deliveredAt: string | null
  }[]
}

export interface EraseCustomer {
  /** `requested` without one */
  reason?: 'requested' | 'retention' | 'court' | 'other' | undefined
  /** Required from shoppers, unless the session has a proof that is younger than ten minutes */
  currentPassword?: string | undefined
}

export interface ErasurePage {
  data: ErasedPeople[]
  pagination: Pagination
}

export interface ErasedPeople {
  /** The ids of the customers, each as HMAC-SHA-256 under a key of this service, base64url */
  hashes: string[]
  reason: 'requested' | 'retention' | 'court' | 'other'
  erasedAt: string
}

export interface Retentions {
  data: Retention[]
}

export interface Retention {
  name: string
  /** What is kept */
  what: string
  /** The number of days; null: see `until` */
  days: number | null
  /** The setting that defines the days */
  setting: string | null
  /** The start of the days, or the end of the period */
  until: string
  /** The nightly task of the clock that deletes older data */
  task: string | null
  /** The next run of the task. If it is in the past, the task is due or running */
  nextRunAt: string | null
}

export interface Home {
  name: 'Customer service'
  /** The API, to read and to try */
  docs: string
  /** All pages of the documentation */
  pages: string
  /** Every refusal, and what to do */
  errors: string
  /** The same pages for programs (llmstxt.org) */
  llms: string
  openapi: string
  health: string
  tokenEndpoint: string
  /** In development (`npm start`): the sent mails */
  mail?: string | undefined
}

/** The page where shoppers log in */
export interface GetOauthAuthorizeQuery {
  /** `code` */
  response_type?: string | undefined
  /** A client with `redirect_uris` */
  client_id?: string | undefined
  /** Exactly one of the client’s `redirect_uris`, with any port at 127.0.0.1 and [::1] */
  redirect_uri?: string | undefined
  /** RFC 7636 */
  code_challenge?: string | undefined
  /** `S256` */
  code_challenge_method?: string | undefined
  /** Comes back as it is */
  state?: string | undefined
  /** `account`, which is the default */
  scope?: string | undefined
  /** `none` gets `login_required`, because each authorization asks for a login */
  prompt?: string | undefined
  /** The value to show in the field for the e-mail address */
  login_hint?: string | undefined
  /** Languages, the best first. Default: the browser’s languages */
  ui_locales?: string | undefined
}

/** The answer of Hanzo ID to a login */
export interface GetOauthCallbackQuery {
  /** The code that the service exchanges for the identity */
  code?: string | undefined
  /** What the login began with */
  state?: string | undefined
  /** RFC 9207 */
  iss?: string | undefined
  /** RFC 6749, 4.1.2.1. The client does not get it unchanged */
  error?: string | undefined
}

/** The answer of a provider to a login */
export interface GetOauthCallbackByProviderQuery {
  /** The code that the service exchanges for the identity */
  code?: string | undefined
  /** What the login began with */
  state?: string | undefined
  /** RFC 9207 */
  iss?: string | undefined
  /** RFC 6749, 4.1.2.1. The client does not get it unchanged */
  error?: string | undefined
}

/** List customers */
export interface GetCustomerQuery {
  id?: string | string[] | undefined
  externalId?: string | undefined
  /** In any of these groups */
  group?: string | string[] | undefined
  /** Customers in none of these groups. A customer without groups matches */
  groupNot?: string | string[] | undefined
  /** `all`: in every one of them */
  groupMode?: 'any' | 'all' | undefined
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email?: string | undefined
  /** The customer of this order. A canceled order counts, too */
  orderId?: string | undefined
  /** Any of these: words of the name or their beginnings, in any order, joined or not, with or without accents and optional marks; the beginning of the e-mail address; a phone as in `phone`; an order number; a postal code as in `postalCode`, of three or more characters with a digit. A phone, a postal code or an order number with a digit may also stand before, behind or between words of the name, which must fit as well: `felix 10115`. If no customer matches it together with the other filters, each word of a name may have one typo: a letter dropped, added, replaced or swapped with its neighbour. Then customers with the fewest wrong words come first, and the search considers at most the newest 2,000 customers. It does not guess numbers: a number beside a misspelt name must be right. It does not guess mail addresses, and never guesses in an addition to a group */
  q?: string | undefined
  /** Any of these */
  status?: 'guest' | 'unverified' | 'active' | 'disabled' | 'merged' | ('guest' | 'unverified' | 'active' | 'disabled' | 'merged')[] | undefined
  emailVerified?: boolean | undefined
  /** The domain of the verified e-mail address, in any case, as letters or in ASCII. A subdomain is another domain */
  emailDomain?: string | undefined
  /** The language tag or its beginning: `de` is also `de-AT`, `de-AT` is not `de`. Case does not matter; `de_AT` is read as `de-AT` */
  locale?: string | undefined
  /** The value of a metadata key, exactly as stored: `metadata.tier=gold`. Only keys of the settings `metadata_filter_keys` and `metadata_service_keys` */
  metadata?: Record<string, string> | undefined
  /** A purpose and its state: `marketing:granted`. A consent that waits for the double opt-in is `marketing:pending` */
  consent?: string | undefined
  /** The customer's own phone or one of its addresses, in any spelling. Without the country code it has only digits, and matches as an ending of at least four digits. If there are more than six, one leading 0 is dropped */
  phone?: string | undefined
  /** The country of any address (ISO 3166-1 alpha-2) */
  country?: string | undefined
  /** The city of any address or its beginning, without regard to case, accents, punctuation and blanks: `St. Gallen` is also `sankt gallen` */
  city?: string | undefined
  /** The postal code of any address or its beginning, without regard to case, spaces and hyphens: `SW1A` is also `SW1A 1AA`. A whole code may have the letters of its country: `D-10115`; a long one also finds the short one: `94102-1234` */
  postalCode?: string | undefined
  /** Words that all begin words of the two lines of one address, in any order, joined or not, in full or short; a house number is a word: `hauptstr 5` is also `Haupt-Straße 5` */
  street?: string | undefined
  /** Words that all begin words of the company of one address, in any order, joined or not: `e.on` is also `eon` */
  company?: string | undefined
  /** Orders in every currency. A canceled order does not count, a refunded one does */
  minOrders?: number | undefined
  /** Orders in every currency. A canceled order does not count, a refunded one does */
  maxOrders?: number | undefined
  /** Whether there is an order. A canceled order does not count, a refunded one does */
  hasOrders?: boolean | undefined
  /** Minor units of the tenant's currency, less refunds; canceled orders and other currencies do not count */
  minSpent?: number | undefined
  /** Minor units of the tenant's currency, less refunds; canceled orders and other currencies do not count */
  maxSpent?: number | undefined
  /** Includes that moment */
  createdAfter?: string | undefined
  /** Excludes that moment */
  createdBefore?: string | undefined
  /** Includes that moment */
  updatedAfter?: string | undefined
  /** Excludes that moment */
  updatedBefore?: string | undefined
  /** Includes that moment. A canceled order does not count */
  lastOrderAfter?: string | undefined
  /** Excludes that moment. A canceled order does not count */
  lastOrderBefore?: string | undefined
  /** Customers without the name or an order come last in both directions */
  sort?: 'createdAt:asc' | 'createdAt:desc' | 'updatedAt:asc' | 'updatedAt:desc' | 'totalSpent:asc' | 'totalSpent:desc' | 'orderCount:asc' | 'orderCount:desc' | 'lastOrderAt:asc' | 'lastOrderAt:desc' | 'firstName:asc' | 'firstName:desc' | 'lastName:asc' | 'lastName:desc' | 'email:asc' | 'email:desc' | undefined
  /** Adds `total` and `totalIsExact`. The total is exact up to 10,000, and for all members of one group. Beyond that it is a lower bound. `capped` reads less, so its bound may be lower */
  count?: 'none' | 'capped' | 'exact' | undefined
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
}

/** List the addresses of a customer */
export interface GetCustomerAddressQuery {
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
}

/** Follow all events */
export interface GetEventQuery {
  /** An event id, or the last page's `nextCursor`. The page begins after it */
  after?: string | undefined
  /** Any of these */
  type?: 'customer.created' | 'customer.updated' | 'customer.group_added' | 'customer.group_removed' | 'customer.merged' | 'customer.unmerged' | 'customer.email_verified' | 'customer.disabled' | 'customer.enabled' | 'customer.deleted' | 'customer.erased' | 'customer.exported' | 'customer.consent_changed' | 'customer.order_recorded' | 'customer.session_opened' | 'customer.session_reused' | 'customer.locked' | 'customer.passkey_added' | 'customer.passkey_removed' | 'customer.passkey_reused' | 'customer.login_linked' | 'customer.login_unlinked' | 'webhook.disabled' | 'limit.reached' | ('customer.created' | 'customer.updated' | 'customer.group_added' | 'customer.group_removed' | 'customer.merged' | 'customer.unmerged' | 'customer.email_verified' | 'customer.disabled' | 'customer.enabled' | 'customer.deleted' | 'customer.erased' | 'customer.exported' | 'customer.consent_changed' | 'customer.order_recorded' | 'customer.session_opened' | 'customer.session_reused' | 'customer.locked' | 'customer.passkey_added' | 'customer.passkey_removed' | 'customer.passkey_reused' | 'customer.login_linked' | 'customer.login_unlinked' | 'webhook.disabled' | 'limit.reached')[] | undefined
  customer?: string | undefined
  /** How many items at most */
  limit?: number | undefined
}

/** List the events of a customer */
export interface GetCustomerEventQuery {
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
  /** Whether to count the items of all pages; `capped` stops at 10,000 */
  count?: 'none' | 'capped' | 'exact' | undefined
}

/** List webhooks */
export interface GetWebhookQuery {
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
  /** Whether to count the items of all pages; `capped` stops at 10,000 */
  count?: 'none' | 'capped' | 'exact' | undefined
}

/** List the deliveries to a webhook */
export interface GetWebhookDeliveryQuery {
  status?: 'pending' | 'delivered' | 'failed' | undefined
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
  /** Whether to count the items of all pages; `capped` stops at 10,000 */
  count?: 'none' | 'capped' | 'exact' | undefined
}

/** List dead letters */
export interface GetDeadLetterQuery {
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
  /** Whether to count the items of all pages; `capped` stops at 10,000 */
  count?: 'none' | 'capped' | 'exact' | undefined
}

/** List the groups */
export interface GetGroupQuery {
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
  /** Whether to count the items of all pages; `capped` stops at 10,000 */
  count?: 'none' | 'capped' | 'exact' | undefined
}

/** List the members of a group */
export interface GetGroupMemberQuery {
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
  /** Whether to count the items of all pages; `capped` stops at 10,000 */
  count?: 'none' | 'capped' | 'exact' | undefined
}

/** List a customer's groups */
export interface GetCustomerGroupQuery {
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
  /** Whether to count the items of all pages; `capped` stops at 10,000 */
  count?: 'none' | 'capped' | 'exact' | undefined
}

/** List the orders of a customer */
export interface GetCustomerOrderQuery {
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
  state?: 'paid' | 'canceled' | undefined
}

/** Retrieve a customer's counters, and the orders behind them */
export interface GetCustomerStatsQuery {
  /** List the orders behind each number */
  explain?: 'true' | 'false' | undefined
}

/** List the counters that were wrong and were corrected */
export interface GetDriftQuery {
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
}

/** List merges */
export interface GetMergeQuery {
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
  /** Whether to count the items of all pages; `capped` stops at 10,000 */
  count?: 'none' | 'capped' | 'exact' | undefined
  state?: 'pending' | 'done' | 'undone' | undefined
  /** Either side */
  customer?: string | undefined
}

/** Export all data about a customer */
export interface GetCustomerExportQuery {
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
}

/** Follow all erasures */
export interface GetErasureQuery {
  /** How many items at most */
  limit?: number | undefined
  /** The last page's `nextCursor`, with the same filters and sort */
  cursor?: string | undefined
}
