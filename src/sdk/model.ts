// Written by dev/sdk-model.ts from the OpenAPI document.

export interface Problem {
  /** The URL of the code on the page of errors. Compare `code` instead */
  type: string
  /** What the code means, in a few words */
  title: string
  /** The HTTP status of the answer */
  status: number
  /** The machine-readable reason, which never changes. The page of errors says what to do */
  code: 'malformed_request' | 'malformed_json' | 'unauthenticated' | 'invalid_token' | 'insufficient_scope' | 'caller_not_allowed' | 'invalid_credentials' | 'session_ended' | 'email_unverified' | 'customer_disabled' | 'identity_unlinked' | 'identity_elsewhere' | 'fresh_proof_required' | 'not_found' | 'order_not_found' | 'method_not_allowed' | 'customer_not_found' | 'address_not_found' | 'group_not_found' | 'session_not_found' | 'passkey_not_found' | 'identity_not_found' | 'consent_not_found' | 'membership_not_found' | 'event_not_found' | 'dead_letter_not_found' | 'webhook_not_found' | 'delivery_not_found' | 'webhook_disabled' | 'rotation_in_progress' | 'dead_letter_unreadable' | 'customer_merged' | 'customer_is_guest' | 'customer_is_active' | 'email_already_verified' | 'mail_token_invalid' | 'email_taken' | 'identity_taken' | 'external_id_taken' | 'passkey_invalid' | 'passkey_exists' | 'passkey_limit_reached' | 'address_exists' | 'address_limit_reached' | 'group_taken' | 'group_being_deleted' | 'rule_cycle' | 'rule_too_deep' | 'rule_limit_reached' | 'group_in_use' | 'membership_by_rule' | 'guest_checkout_disabled' | 'merge_not_found' | 'merge_not_undoable' | 'merge_with_itself' | 'guest_cannot_survive' | 'too_much_metadata' | 'metadata_key_reserved' | 'rule_not_trusted' | 'idempotency_key_in_use' | 'idempotency_key_reused' | 'precondition_failed' | 'wrong_host' | 'body_too_large' | 'unsupported_media_type' | 'invalid_input' | 'invalid_cursor' | 'narrow_the_query' | 'too_many_attempts' | 'too_many_requests' | 'invalid_request' | 'invalid_client' | 'unauthorized_client' | 'invalid_grant' | 'unsupported_grant_type' | 'invalid_scope' | 'unsupported_token_type' | 'internal' | 'misconfigured' | 'database_unavailable' | 'issuer_unavailable'
  /** A sentence for people that says what is wrong */
  detail: string
  /** The id of the request, `req_…` */
  requestId: string
  /** What is wrong with each field */
  errors?: {
    /** The field, such as `address.line1` */
    path: string
    /** The machine-readable reason for this field */
    code: string
    /** A sentence about the field, such as `Must be an e-mail address.` */
    message: string
  }[] | undefined
  /** For which values the rule of the group holds the customer */
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
  /** The status */
  status: 'ok'
  /** Functions that are missing in the database. Requests still work, but slower */
  degraded?: string[] | undefined
  /** Age in seconds of the oldest open transaction that writes events, if it is one second or more. `GET /event` waits for it. PostgreSQL ends it after 30 seconds */
  oldestWriterSeconds?: number | undefined
  /** Scheduled tasks that have been due for more than five minutes, with the time since which they are due. They have too much work, they fail, or the cron does not run */
  behind?: {
    /** The name of the task */
    task: string
    /** Since when (ISO 8601) */
    since: string
  }[] | undefined
  /** For a service: the backlog of its shop */
  backlog?: {
    /** Seconds for which a task of the clock has been due, usually under 60; null: the clock has never run. Beyond 180 the cron does not run, or a task fails */
    clockSeconds: number | null
    /** Kinds of jobs that were not done within a minute of their message, with the age of the oldest one: `mail`, `announce` (events to webhooks), `merge` and others */
    waiting: {
      /** What waits */
      kind: string
      /** For how many seconds the oldest has waited */
      seconds: number
    }[]
  } | undefined
}

export interface TokenResponse {
  /** Sent as `Authorization: Bearer`. A JWT (RFC 9068) */
  access_token: string
  /** How the access token is sent */
  token_type: 'Bearer'
  /** Seconds */
  expires_in: number
  /** It can be used once: the answer has the next */
  refresh_token?: string | undefined
  /** The scopes of the token, with blanks between them */
  scope: string
}

/** A problem with the `error` of RFC 6749 (5.2), as `application/json`. Every refusal of the OAuth routes is one. */
export interface OAuthProblem {
  /** The URL of the code on the page of errors. Compare `code` instead */
  type: string
  /** What the code means, in a few words */
  title: string
  /** The HTTP status of the answer */
  status: number
  /** The machine-readable reason, which never changes. The page of errors says what to do */
  code: 'malformed_request' | 'malformed_json' | 'unauthenticated' | 'invalid_token' | 'insufficient_scope' | 'caller_not_allowed' | 'invalid_credentials' | 'session_ended' | 'email_unverified' | 'customer_disabled' | 'identity_unlinked' | 'identity_elsewhere' | 'fresh_proof_required' | 'not_found' | 'order_not_found' | 'method_not_allowed' | 'customer_not_found' | 'address_not_found' | 'group_not_found' | 'session_not_found' | 'passkey_not_found' | 'identity_not_found' | 'consent_not_found' | 'membership_not_found' | 'event_not_found' | 'dead_letter_not_found' | 'webhook_not_found' | 'delivery_not_found' | 'webhook_disabled' | 'rotation_in_progress' | 'dead_letter_unreadable' | 'customer_merged' | 'customer_is_guest' | 'customer_is_active' | 'email_already_verified' | 'mail_token_invalid' | 'email_taken' | 'identity_taken' | 'external_id_taken' | 'passkey_invalid' | 'passkey_exists' | 'passkey_limit_reached' | 'address_exists' | 'address_limit_reached' | 'group_taken' | 'group_being_deleted' | 'rule_cycle' | 'rule_too_deep' | 'rule_limit_reached' | 'group_in_use' | 'membership_by_rule' | 'guest_checkout_disabled' | 'merge_not_found' | 'merge_not_undoable' | 'merge_with_itself' | 'guest_cannot_survive' | 'too_much_metadata' | 'metadata_key_reserved' | 'rule_not_trusted' | 'idempotency_key_in_use' | 'idempotency_key_reused' | 'precondition_failed' | 'wrong_host' | 'body_too_large' | 'unsupported_media_type' | 'invalid_input' | 'invalid_cursor' | 'narrow_the_query' | 'too_many_attempts' | 'too_many_requests' | 'invalid_request' | 'invalid_client' | 'unauthorized_client' | 'invalid_grant' | 'unsupported_grant_type' | 'invalid_scope' | 'unsupported_token_type' | 'internal' | 'misconfigured' | 'database_unavailable' | 'issuer_unavailable'
  /** A sentence for people that says what is wrong */
  detail: string
  /** The id of the request, `req_…` */
  requestId: string
  /** What is wrong with each field */
  errors?: {
    /** The field, such as `address.line1` */
    path: string
    /** The machine-readable reason for this field */
    code: string
    /** A sentence about the field, such as `Must be an e-mail address.` */
    message: string
  }[] | undefined
  /** For which values the rule of the group holds the customer */
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
  /** The code of RFC 6749 for what is wrong */
  error: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unauthorized_client' | 'unsupported_grant_type' | 'invalid_scope' | 'unsupported_token_type' | 'temporarily_unavailable' | 'server_error'
  /** A sentence for people that says what is wrong */
  error_description: string
}

export interface RevokeRequest {
  /** The token */
  token: string
  /** Has no effect */
  token_type_hint?: string | undefined
  /** The id of the client */
  client_id?: string | undefined
  /** Use it instead of HTTP Basic, not together with it */
  client_secret?: string | undefined
  /** A JWT signed by the client, instead of a secret (`private_key_jwt`) */
  client_assertion?: string | undefined
  /** `urn:ietf:params:oauth:client-assertion-type:jwt-bearer` */
  client_assertion_type?: string | undefined
}

/** What the page sends */
export interface LoginForm {
  /** What the page carries through the browser, sealed */
  page: string
  /** Log in by the password or a passkey, have a code mailed, log in by the code, choose another way, go back to the client, or log in at a provider and connect its login */
  way?: 'password' | 'passkey' | 'code' | 'verify' | 'back' | 'cancel' | 'provider' | 'prove' | 'connect' | undefined
  /** The e-mail address */
  email?: string | undefined
  /** The password of the account */
  password?: string | undefined
  /** The six digits of a mail, the token of its link, or the whole link */
  code?: string | undefined
  /** The name of the provider to log in at */
  provider?: string | undefined
  /** A PasskeyAssertion as JSON */
  passkey?: string | undefined
}

/** RFC 6749, 4.1.2, sent by a form. The service ignores a name or an address in it. */
export interface ProviderAnswer {
  /** The code of the provider */
  code?: string | undefined
  /** What the login began with */
  state?: string | undefined
  /** The issuer of the answer */
  iss?: string | undefined
  /** The code of RFC 6749 for what is wrong */
  error?: string | undefined
}

/** RFC 9728 */
export interface ResourceMetadata {
  /** The URL of the service */
  resource: string
  /** The issuers of the tokens */
  authorization_servers: string[]
  /** All scopes */
  scopes_supported: string[]
  /** How a token is sent */
  bearer_methods_supported: string[]
  /** The URL of the documentation */
  resource_documentation: string
}

export interface CustomerPage {
  /** The items of the page, in the order of the list */
  data: Customer[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface Customer {
  /** The id. It never changes */
  id: string
  /** The id of the customer in another system. It is unique in the shop */
  externalId: string | null
  /** The e-mail address */
  email: string
  /** First name */
  firstName: string | null
  /** Last name */
  lastName: string | null
  /** A phone number (E.164) */
  phone: string | null
  /** A language tag (BCP 47), such as `de-AT` */
  locale: string | null
  /** `guest`: no account. `unverified`: an account whose inbox is not proven. `disabled`: it cannot log in. `merged`: the survivor answers for it */
  status: 'guest' | 'unverified' | 'active' | 'disabled' | 'merged' | 'erased'
  /** Whether the owner of the inbox has proven it */
  emailVerified: boolean
  /** Oldest first, here and in every list */
  addresses: Address[]
  /** The keys of the groups that the customer is in */
  groups: string[]
  /** Your own texts by their keys */
  metadata: Record<string, string>
  /** The present state of each purpose that the customer was asked about */
  consents: Record<string, 'granted' | 'pending' | 'withdrawn'>
  /** Orders that are not canceled, in every currency */
  orderCount: number
  /** Minor units of `currency` */
  totalSpent: number
  /** ISO 4217, such as `USD` */
  currency: string
  /** The sum and the number of orders, by currency */
  spent: {
    /** ISO 4217, such as `USD` */
    currency: string
    /** Minor units of `currency`, less refunds */
    amount: number
    /** How many orders */
    orders: number
  }[]
  /** When the last order was placed that is not canceled (ISO 8601); null: no order */
  lastOrderAt: string | null
  /** When it was created (ISO 8601) */
  createdAt: string
  /** When it was last changed (ISO 8601) */
  updatedAt: string
  /** The id in the request, if that customer was merged into this one */
  mergedFrom?: string | undefined
}

export interface Address {
  /** The id. It never changes */
  id: string
  /** A name for the address, such as `Home` */
  label: string | null
  /** First name */
  firstName: string | null
  /** Last name */
  lastName: string | null
  /** Company */
  company: string | null
  /** Street and house number */
  line1: string
  /** What does not fit on the first line, such as a flat */
  line2: string | null
  /** City, town or village */
  city: string | null
  /** In AU, CA and US, the code of the state. Elsewhere the state as it was written. The same state by code, ISO 3166-2 or name makes no second address */
  state: string | null
  /** As the country writes it: H2X 1Y4 for h2x1y4 */
  postalCode: string | null
  /** ISO 3166-1 alpha-2 */
  country: string
  /** A phone number (E.164) */
  phone: string | null
  /** Whether it is the default for shipping */
  isDefault: boolean
  /** The purposes that the address is the default for */
  defaultFor: ('shipping' | 'billing')[]
}

export interface Pagination {
  /** How many items a page has at most */
  limit: number
  /** Whether the list has another page */
  hasMore: boolean
  /** The list ends when it is `null`. An earlier page may have fewer items than `limit`, even none */
  nextCursor: string | null
  /** When `count` asks for it */
  total?: number | undefined
  /** false: there are at least `total` */
  totalIsExact?: boolean | undefined
}

export interface SearchCustomers {
  /** Customers with any of these ids */
  id?: string[] | undefined
  /** The id of the customer in another system. It is unique in the shop */
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
  /** Whether the owner of the inbox has proven it */
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
  /** Sent as `Authorization: Bearer`. A JWT (RFC 9068) */
  accessToken: string
  /** Valid for one refresh. Within ten seconds, a repeat gets the same new refresh token, while that one is unused. A later use ends the session. */
  refreshToken: string
  /** How the access token is sent */
  tokenType: 'Bearer'
  /** Seconds the access token lives */
  expiresIn: number
  /** When the access token expires */
  expiresAt: string
  /** The customer's id */
  userId: string
  /** Proves that this device has logged in. Keep it on the device for 400 days, even after the logout, and send it with the next login or request for a mail. It ends with a reset, a log out everywhere, another e-mail address, disable and erase. A session that a service opened has none. */
  deviceToken?: string | undefined
  /** The customer */
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
  /** The refresh token of the session. It can be used once */
  refreshToken: string
  /** The id of a client of the shop */
  clientId?: string | undefined
  /** The secret of that client, if it has one */
  clientSecret?: string | undefined
}

export interface LogOut {
  /** The refresh token of the session. It can be used once */
  refreshToken?: string | undefined
}

export interface SessionPage {
  /** The items of the page, in the order of the list */
  data: SessionInfo[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface SessionInfo {
  /** The id. It never changes */
  id: string
  /** The client that opened the session */
  clientId: string
  /** The browser, as it names itself */
  userAgent: string | null
  /** The IP address that opened the session */
  address: string | null
  /** Whether it is the session of this request */
  current: boolean
  /** The time of the shopper’s last proof: a password, a link, a code or a passkey. null: a service, or a token of the identity provider, opened the session */
  provenAt: string | null
  /** When it was created (ISO 8601) */
  createdAt: string
  /** When it was last used (ISO 8601) */
  lastUsedAt: string
  /** When it ends (ISO 8601) */
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
  /** The shop, to which the passkey belongs */
  rp: {
    /** The domain that passkeys belong to */
    id: string
    /** The name */
    name: string
  }
  /** The account that the passkey opens */
  user: {
    /** Web Authentication, base64url */
    id: string
    /** The e-mail address, which the authenticator shows */
    name: string
    /** The name that the authenticator shows */
    displayName: string
  }
  /** Good once, for five minutes */
  challenge: string
  /** Web Authentication: the signature algorithms, the best first */
  pubKeyCredParams: {
    /** Web Authentication */
    type: 'public-key'
    /** The COSE number of a signature algorithm */
    alg: number
  }[]
  /** Milliseconds that the browser waits for the person (300,000 ms are 300 seconds) */
  timeout: number
  /** Web Authentication: the passkeys that the account has already */
  excludeCredentials: {
    /** Web Authentication */
    type: 'public-key'
    /** The id of the credential, base64url */
    id: string
    /** How the browser reaches the authenticator */
    transports: string[]
  }[]
  /** Web Authentication: which authenticators may be used */
  authenticatorSelection: {
    /** Web Authentication: the passkey is kept on the device */
    residentKey: 'required'
    /** Web Authentication: the passkey is kept on the device */
    requireResidentKey: true
    /** Web Authentication: the authenticator verifies the person */
    userVerification: 'required'
  }
  /** Web Authentication: no attestation is asked for */
  attestation: 'none'
}

export interface Passkey {
  /** The id. It never changes */
  id: string
  /** The name */
  name: string
  /** Whether it stays on one device or can be on several */
  deviceType: 'singleDevice' | 'multiDevice'
  /** Whether it was synchronised when it was last used */
  backedUp: boolean
  /** How a browser reaches it, according to the authenticator: `internal`, `hybrid`, … */
  transports: string[]
  /** The model of the authenticator, according to itself. Many send only zeros */
  aaguid: string
  /** When it was created (ISO 8601) */
  createdAt: string
  /** The last login with it; null: none yet */
  lastUsedAt: string | null
}

/** `toJSON()` of what the browser answers, in WebAuthn’s JSON. Other members are ignored */
export interface RegisterPasskey {
  /** The id of the credential, base64url */
  id: string
  /** The same as `id` */
  rawId: string
  /** Web Authentication */
  type: 'public-key'
  /** The answer of the authenticator */
  response: {
    /** Web Authentication, base64url */
    clientDataJSON: string
    /** Web Authentication, base64url */
    attestationObject: string
    /** How the browser reaches the authenticator */
    transports?: string[] | undefined
  }
  /** Default: the kind of device that sends the request */
  name?: string | undefined
}

export interface PasskeyRequest {
  /** Good once, for five minutes */
  challenge: string
  /** Milliseconds that the browser waits for the person (300,000 ms are 300 seconds) */
  timeout: number
  /** The domain that passkeys belong to */
  rpId: string
  /** Empty: the authenticator knows the owners of its passkeys */
  allowCredentials: {
    /** Web Authentication */
    type: 'public-key'
    /** The id of the credential, base64url */
    id: string
    /** How the browser reaches the authenticator */
    transports: string[]
  }[]
  /** Web Authentication: the authenticator verifies the person */
  userVerification: 'required'
}

/** `toJSON()` of what the browser answers, in WebAuthn’s JSON. Other members are ignored */
export interface PasskeyAssertion {
  /** The id of the credential, base64url */
  id: string
  /** The same as `id` */
  rawId: string
  /** Web Authentication */
  type: 'public-key'
  /** The answer of the authenticator */
  response: {
    /** Web Authentication, base64url */
    clientDataJSON: string
    /** Web Authentication, base64url */
    authenticatorData: string
    /** Web Authentication, base64url */
    signature: string
    /** Web Authentication, base64url */
    userHandle?: string | null | undefined
  }
}

export interface PasskeyPage {
  /** The items of the page, in the order of the list */
  data: Passkey[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface RenamePasskey {
  /** The name */
  name: string
}

export interface LinkedIdentityPage {
  /** The items of the page, in the order of the list */
  data: LinkedIdentity[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface LinkedIdentity {
  /** The id. It never changes */
  id: string
  /** The provider’s name in the settings when it was linked */
  provider: string
  /** When it was created (ISO 8601) */
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
  /** The answer is the same for every address */
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
  /** The answer of the browser for a passkey */
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
  /** First name */
  firstName?: string | null | undefined
  /** Last name */
  lastName?: string | null | undefined
  /** A number with + (or 00) and the country code, with any spacing. It is stored as E.164. A number with an extension is refused */
  phone?: string | null | undefined
  /** BCP 47. Case does not matter; `en_US` and `en_US.UTF-8` are read as `en-US` */
  locale?: string | null | undefined
  /** An address to add to the guest */
  address?: AddAddress | undefined
}

export interface AddAddress {
  /** Street and house number */
  line1: string
  /** ISO 3166-1 alpha-2 */
  country: string
  /** A name for the address, such as `Home` */
  label?: string | null | undefined
  /** First name */
  firstName?: string | null | undefined
  /** Last name */
  lastName?: string | null | undefined
  /** Company */
  company?: string | null | undefined
  /** What does not fit on the first line, such as a flat */
  line2?: string | null | undefined
  /** City, town or village */
  city?: string | null | undefined
  /** The state or province, where the country has them */
  state?: string | null | undefined
  /** Postal code */
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
  /** First name */
  firstName?: string | null | undefined
  /** Last name */
  lastName?: string | null | undefined
  /** A number with + (or 00) and the country code, with any spacing. It is stored as E.164. A number with an extension is refused */
  phone?: string | null | undefined
  /** BCP 47. Case does not matter; `en_US` and `en_US.UTF-8` are read as `en-US` */
  locale?: string | null | undefined
  /** The id of the customer in another system. It is unique in the shop */
  externalId?: string | null | undefined
  /** At least `password_min_length` code points, at most 256 bytes, not a common password in any spelling. The check ignores accents and other marks, invisible characters and blanks at the ends. The password is hashed as typed. */
  password?: string | undefined
  /** Your own texts by their keys */
  metadata?: Record<string, string> | undefined
}

export interface UpdateCustomer {
  /** First name */
  firstName?: string | null | undefined
  /** Last name */
  lastName?: string | null | undefined
  /** A number with + (or 00) and the country code, with any spacing. It is stored as E.164. A number with an extension is refused */
  phone?: string | null | undefined
  /** BCP 47. Case does not matter; `en_US` and `en_US.UTF-8` are read as `en-US` */
  locale?: string | null | undefined
  /** An e-mail address. Dots in a row and a dot before the @ are accepted, because such inboxes exist: a..b@docomo.ne.jp */
  email?: string | undefined
  /** The id of the customer in another system. It is unique in the shop */
  externalId?: string | null | undefined
  /** Your own texts by their keys. It is merged: null removes a key */
  metadata?: Record<string, string | null> | undefined
}

export interface DeleteCustomer {
  /** Required from shoppers, unless the session has a proof that is younger than ten minutes */
  currentPassword?: string | undefined
}

export interface DisableCustomer {
  /** Why the customer is disabled. The event has it */
  reason?: string | null | undefined
}

export interface OpenSession {
  /** For the event `customer.session_opened`, at most 500 characters */
  reason?: string | null | undefined
}

export interface AddressPage {
  /** The items of the page, in the order of the list */
  data: Address[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface UpdateAddress {
  /** Street and house number */
  line1?: string | undefined
  /** ISO 3166-1 alpha-2. Another country clears the state and the postal code, unless they come with it */
  country?: string | undefined
  /** A name for the address, such as `Home` */
  label?: string | null | undefined
  /** First name */
  firstName?: string | null | undefined
  /** Last name */
  lastName?: string | null | undefined
  /** Company */
  company?: string | null | undefined
  /** What does not fit on the first line, such as a flat */
  line2?: string | null | undefined
  /** City, town or village */
  city?: string | null | undefined
  /** The state or province, where the country has them */
  state?: string | null | undefined
  /** Postal code */
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
  /** The items of the page, in the order of the list */
  data: Event[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface Event {
  /** The id. It never changes */
  id: string
  /** What happened */
  type: 'customer.created' | 'customer.updated' | 'customer.group_added' | 'customer.group_removed' | 'customer.merged' | 'customer.unmerged' | 'customer.email_verified' | 'customer.disabled' | 'customer.enabled' | 'customer.deleted' | 'customer.erased' | 'customer.exported' | 'customer.consent_changed' | 'customer.order_recorded' | 'customer.session_opened' | 'customer.session_reused' | 'customer.locked' | 'customer.passkey_added' | 'customer.passkey_removed' | 'customer.passkey_reused' | 'customer.login_linked' | 'customer.login_unlinked' | 'webhook.disabled' | 'limit.reached'
  /** When it happened (ISO 8601) */
  timestamp: string
  /** Rises by one per event of a customer, without a gap; null for an event without a customer */
  sequence: number | null
  /** Who did it */
  actor: {
    /** Whether a client, a shopper or the service itself did it */
    type: string
    /** The id of the client, the shopper or the task */
    id: string | null
  }
  /** The request that caused it, `req_…`; null: no request did */
  requestId: string | null
  /** What happened, by the type of the event */
  data: EventData
}

export interface EventData {
  /** The id of the customer */
  customerId?: string | undefined
  /** The customer */
  customer?: {
    /** The id. It never changes */
    id: string
    /** The status */
    status: 'guest' | 'unverified' | 'active' | 'disabled' | 'merged' | 'erased'
    /** It rises with each change of the customer */
    version: number
  } | undefined
  /** The names of the fields that changed */
  changed?: string[] | undefined
  /** The address that was added, changed or removed */
  address?: {
    /** The id. It never changes */
    id: string
    /** A name for the address, such as `Home` */
    label?: string | null | undefined
    /** First name */
    firstName?: string | null | undefined
    /** Last name */
    lastName?: string | null | undefined
    /** Company */
    company?: string | null | undefined
    /** Street and house number */
    line1?: string | undefined
    /** What does not fit on the first line, such as a flat */
    line2?: string | null | undefined
    /** City, town or village */
    city?: string | null | undefined
    /** In AU, CA and US, the code of the state. Elsewhere the state as it was written. The same state by code, ISO 3166-2 or name makes no second address */
    state?: string | null | undefined
    /** As the country writes it: H2X 1Y4 for h2x1y4 */
    postalCode?: string | null | undefined
    /** ISO 3166-1 alpha-2 */
    country?: string | undefined
    /** A phone number (E.164) */
    phone?: string | null | undefined
    /** Whether it is the default for shipping */
    isDefault?: boolean | undefined
    /** The purposes that the address is the default for */
    defaultFor?: ('shipping' | 'billing')[] | undefined
    /** What happened to the address */
    action: 'added' | 'changed' | 'removed'
    /** The names of the fields that changed */
    changed?: string[] | undefined
  } | undefined
  /** The default addresses after the change */
  defaultAddresses?: {
    /** The id of the default address for shipping; null: there is none */
    shipping: string | null
    /** The id of the default address for billing; null: there is none */
    billing: string | null
  } | undefined
  /** Why */
  reason?: string | null | undefined
  /** The key of the group */
  group?: string | undefined
  /** Where it came from */
  source?: string | undefined
  /** When it ends (ISO 8601); null: never by itself */
  expiresAt?: string | null | undefined
  /** The order that was recorded */
  order?: {
    /** The id. It never changes */
    id: string
    /** The id of the customer */
    customerId: string
    /** ISO 4217, such as `USD` */
    currency: string
    /** Minor units, before refunds */
    total: number
    /** Minor units of `currency` that were paid back */
    refunded: number
    /** A canceled order counts nowhere */
    state: 'paid' | 'canceled'
    /** When the order was placed (ISO 8601) */
    placedAt: string
    /** The version of the state: the newest one wins */
    version: number
    /** When this state of the order was recorded (ISO 8601) */
    recordedAt: string
    /** The id of the customer that had the order before */
    movedFrom?: string | undefined
    /** The id of the customer that has the order now */
    movedTo?: string | undefined
  } | undefined
  /** Orders that are not canceled, in every currency */
  orderCount?: number | undefined
  /** Minor units of `currency`, less refunds */
  totalSpent?: number | undefined
  /** ISO 4217, such as `USD` */
  currency?: string | undefined
  /** The id of the merge */
  mergeId?: string | undefined
  /** The id of the customer that stays */
  survivorId?: string | undefined
  /** The id of the customer that was merged into the survivor */
  mergedId?: string | undefined
  /** The ids of the customers that were merged into it */
  mergedIds?: string[] | undefined
  /** The ids of the guests with that address */
  guestIds?: string[] | undefined
  /** Whether the customer of the event is the survivor or was merged */
  role?: 'survivor' | 'merged' | undefined
  /** Whether the service merged a guest by itself, after the proof of the inbox */
  automatic?: boolean | undefined
  /** How many orders */
  orders?: number | undefined
  /** How many addresses moved with the merge */
  addresses?: number | undefined
  /** The ids of the orders that moved with the merge */
  orderIds?: string[] | undefined
  /** The ids of the addresses that moved with the merge */
  addressIds?: string[] | undefined
  /** The keys of the groups that the customer is in */
  groups?: string[] | undefined
  /** What changed after the merge, so that the undo left it as it is */
  conflicts?: Record<string, string>[] | undefined
  /** The consent that changed */
  consent?: {
    /** What the consent is for, such as `marketing` */
    purpose: string
    /** pending: the consent waits for the double opt-in by mail, and counts as not granted */
    state: 'granted' | 'pending' | 'withdrawn'
    /** Where the customer was asked, such as `checkout` */
    source: string | null
    /** The version of the text that the customer saw */
    textVersion: string | null
  } | undefined
  /** The id of the session */
  sessionId?: string | undefined
  /** The id of the passkey */
  passkeyId?: string | undefined
  /** The ids of the passkeys */
  passkeyIds?: string[] | undefined
  /** The name of the provider */
  provider?: string | undefined
  /** Until when (ISO 8601) */
  until?: string | undefined
  /** The id of the webhook */
  webhookId?: string | undefined
  /** When the deliveries began to fail (ISO 8601) */
  failingSince?: string | null | undefined
  /** The name of the limit that was reached */
  limit?: string | undefined
  /** Since when (ISO 8601) */
  since?: string | undefined
  /** The id of a client of the shop */
  clientId?: string | undefined
  /** Whether the data of the event was erased */
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
  /** The items of the page, in the order of the list */
  data: Webhook[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface Webhook {
  /** The id. It never changes */
  id: string
  /** As the URL parser writes it, without a fragment */
  url: string
  /** The types of events that the webhook gets. `*` stands for all of them */
  events: string[]
  /** A text for your staff. It has no effect */
  description: string | null
  /** A disabled webhook gets nothing */
  status: 'enabled' | 'disabled'
  /** `asked`: by PATCH; `failing`: nothing arrived for five days; `gone`: it answered 410 */
  disabledReason: 'asked' | 'failing' | 'gone' | null
  /** The first failure since the last delivery that arrived */
  failingSince: string | null
  /** The latest delivery that was tried; null: none yet */
  lastAttempt: {
    /** When it happened (ISO 8601) */
    at: string
    /** The HTTP status of the answer; null: none came */
    status: number | null
    /** Why no 2xx came; null: it came */
    error: 'status' | 'redirect' | 'timeout' | 'unreachable' | 'url_not_allowed' | null
  } | null
  /** After a rotation: the time until which the previous secret signs too */
  previousSecretUntil: string | null
  /** When it was created (ISO 8601) */
  createdAt: string
  /** When it was last changed (ISO 8601) */
  updatedAt: string
}

export interface WebhookWithSecret {
  /** The id. It never changes */
  id: string
  /** As the URL parser writes it, without a fragment */
  url: string
  /** The types of events that the webhook gets. `*` stands for all of them */
  events: string[]
  /** A text for your staff. It has no effect */
  description: string | null
  /** A disabled webhook gets nothing */
  status: 'enabled' | 'disabled'
  /** `asked`: by PATCH; `failing`: nothing arrived for five days; `gone`: it answered 410 */
  disabledReason: 'asked' | 'failing' | 'gone' | null
  /** The first failure since the last delivery that arrived */
  failingSince: string | null
  /** The latest delivery that was tried; null: none yet */
  lastAttempt: {
    /** When it happened (ISO 8601) */
    at: string
    /** The HTTP status of the answer; null: none came */
    status: number | null
    /** Why no 2xx came; null: it came */
    error: 'status' | 'redirect' | 'timeout' | 'unreachable' | 'url_not_allowed' | null
  } | null
  /** After a rotation: the time until which the previous secret signs too */
  previousSecretUntil: string | null
  /** When it was created (ISO 8601) */
  createdAt: string
  /** When it was last changed (ISO 8601) */
  updatedAt: string
  /** Verifies signatures (Standard Webhooks 1.0). Only this answer shows it */
  secret: string
}

export interface CreateWebhook {
  /** https, at port 443 or 8443 of a public host name that is not this service, without credentials, blanks and control characters. Three hosts are refused (`url_not_allowed`): an IP address, a name that is reserved for internal networks, and a name that contains a private address. A name that resolves to a private address is refused when a message is sent. Redirects are not followed. The URL is stored as the URL parser writes it (WHATWG URL), without a fragment: `HTTPS://Bücher.example:443\a#b` is `https://xn--bcher-kva.example/a` */
  url: string
  /** The types of events that the webhook gets. `*` stands for all of them */
  events: ('*' | 'customer.*' | 'webhook.*' | 'limit.*' | 'customer.created' | 'customer.updated' | 'customer.group_added' | 'customer.group_removed' | 'customer.merged' | 'customer.unmerged' | 'customer.email_verified' | 'customer.disabled' | 'customer.enabled' | 'customer.deleted' | 'customer.erased' | 'customer.exported' | 'customer.consent_changed' | 'customer.order_recorded' | 'customer.session_opened' | 'customer.session_reused' | 'customer.locked' | 'customer.passkey_added' | 'customer.passkey_removed' | 'customer.passkey_reused' | 'customer.login_linked' | 'customer.login_unlinked' | 'webhook.disabled' | 'limit.reached')[]
  /** A text for your staff. It has no effect */
  description?: string | null | undefined
}

export interface UpdateWebhook {
  /** https, at port 443 or 8443 of a public host name that is not this service, without credentials, blanks and control characters. Three hosts are refused (`url_not_allowed`): an IP address, a name that is reserved for internal networks, and a name that contains a private address. A name that resolves to a private address is refused when a message is sent. Redirects are not followed. The URL is stored as the URL parser writes it (WHATWG URL), without a fragment: `HTTPS://Bücher.example:443\a#b` is `https://xn--bcher-kva.example/a` */
  url?: string | undefined
  /** The types of events that the webhook gets. `*` stands for all of them */
  events?: ('*' | 'customer.*' | 'webhook.*' | 'limit.*' | 'customer.created' | 'customer.updated' | 'customer.group_added' | 'customer.group_removed' | 'customer.merged' | 'customer.unmerged' | 'customer.email_verified' | 'customer.disabled' | 'customer.enabled' | 'customer.deleted' | 'customer.erased' | 'customer.exported' | 'customer.consent_changed' | 'customer.order_recorded' | 'customer.session_opened' | 'customer.session_reused' | 'customer.locked' | 'customer.passkey_added' | 'customer.passkey_removed' | 'customer.passkey_reused' | 'customer.login_linked' | 'customer.login_unlinked' | 'webhook.disabled' | 'limit.reached')[] | undefined
  /** A text for your staff. It has no effect */
  description?: string | null | undefined
  /** A disabled webhook gets nothing */
  status?: 'enabled' | 'disabled' | undefined
}

export interface WebhookTest {
  /** Whether the endpoint answered 2xx */
  delivered: boolean
  /** Milliseconds until the answer came */
  durationMs: number
  /** `status`: an answer other than 2xx; `redirect`: not followed; `unreachable`: no connection, or it broke; `url_not_allowed`: the URL, or an address that its name resolves to, is one that nothing is sent to */
  error: 'status' | 'redirect' | 'timeout' | 'unreachable' | 'url_not_allowed' | null
  /** The answer of the endpoint; null: none came */
  response: {
    /** The HTTP status of the answer */
    status: number
    /** The beginning of the body of the answer */
    body: string | null
    /** Milliseconds until the answer came */
    durationMs: number
  } | null
}

export interface ReplayAccepted {
  /** The status */
  status: 'accepted'
}

export interface ReplayRange {
  /** An event id or a moment. The event itself is not included */
  after: string
  /** An event id or a moment. Default: now */
  before?: string | undefined
}

export interface DeliveryPage {
  /** The items of the page, in the order of the list */
  data: Delivery[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface Delivery {
  /** The id. It never changes */
  id: string
  /** The id of the webhook */
  webhookId: string
  /** Sent as `webhook-id` */
  eventId: string
  /** The type of the event */
  type: 'customer.created' | 'customer.updated' | 'customer.group_added' | 'customer.group_removed' | 'customer.merged' | 'customer.unmerged' | 'customer.email_verified' | 'customer.disabled' | 'customer.enabled' | 'customer.deleted' | 'customer.erased' | 'customer.exported' | 'customer.consent_changed' | 'customer.order_recorded' | 'customer.session_opened' | 'customer.session_reused' | 'customer.locked' | 'customer.passkey_added' | 'customer.passkey_removed' | 'customer.passkey_reused' | 'customer.login_linked' | 'customer.login_unlinked' | 'webhook.disabled' | 'limit.reached'
  /** The status */
  status: 'pending' | 'delivered' | 'failed'
  /** How many requests were sent */
  attempts: number
  /** When the next request is sent (ISO 8601); null: none will be sent */
  nextAttemptAt: string | null
  /** When the last request was sent (ISO 8601); null: none was sent yet */
  attemptedAt: string | null
  /** `status`: an answer other than 2xx; `redirect`: not followed; `unreachable`: no connection, or it broke; `url_not_allowed`: the URL, or an address that its name resolves to, is one that nothing is sent to */
  error: 'status' | 'redirect' | 'timeout' | 'unreachable' | 'url_not_allowed' | null
  /** The answer of the endpoint; null: none came */
  response: {
    /** The HTTP status of the answer */
    status: number
    /** The beginning of the body of the answer */
    body: string | null
    /** Milliseconds until the answer came */
    durationMs: number
  } | null
  /** When it was created (ISO 8601) */
  createdAt: string
  /** When the delivery ended (ISO 8601), delivered or given up; null: not yet */
  settledAt: string | null
}

export interface DeadLetterPage {
  /** The items of the page, in the order of the list */
  data: DeadLetter[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface DeadLetter {
  /** The id. It never changes */
  id: string
  /** The queue that had the message; `customer-dead` if the queue itself gave up on it */
  queue: string
  /** `unreadable` for a message that names no job */
  kind: string
  /** The message as it was in the queue. It is a text if JSON cannot express it or it is nested too deeply */
  message?: unknown | undefined
  /** Tries in that queue */
  attempts: number
  /** When it was created (ISO 8601) */
  createdAt: string
  /** When the message was sent again (ISO 8601); null: never */
  replayedAt: string | null
}

export interface GroupPage {
  /** The items of the page, in the order of the list */
  data: Group[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface Group {
  /** The key of the group */
  key: string
  /** The name */
  name: string | null
  /** A text for your staff. It has no effect */
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
  /** When it was created (ISO 8601) */
  createdAt: string
  /** When it was last changed (ISO 8601) */
  updatedAt: string
}

export interface CreateGroup {
  /** A group's key or name. Case, accents of Latin letters, blanks and dashes do not matter: `VIP` is `vip` */
  key: string
  /** Default: the text that named the new group */
  name?: string | null | undefined
  /** A text for your staff. It has no effect */
  description?: string | null | undefined
  /** Your own texts by their keys */
  metadata?: Record<string, string> | undefined
  /** A filter of the list of customers. Customers are in the group while they match it. It cannot have `id`, `externalId`, `email`, `q`, `updatedAfter` and `updatedBefore`. A metadata key may be written as `metadata.tier`. null: members are added by hand only */
  rule?: Record<string, unknown> | null | undefined
  /** Allows a rule that reads values that shoppers can change, such as `country`. Then shoppers can put themselves into the group */
  allowShopperValues?: boolean | undefined
}

export interface UpdateGroup {
  /** Default: the text that named the new group */
  name?: string | null | undefined
  /** A text for your staff. It has no effect */
  description?: string | null | undefined
  /** Your own texts by their keys. It is merged: null removes a key */
  metadata?: Record<string, string | null> | undefined
  /** A filter of the list of customers. Customers are in the group while they match it. It cannot have `id`, `externalId`, `email`, `q`, `updatedAfter` and `updatedBefore`. A metadata key may be written as `metadata.tier`. null: members are added by hand only */
  rule?: Record<string, unknown> | null | undefined
  /** Allows a rule that reads values that shoppers can change, such as `country`. Then shoppers can put themselves into the group */
  allowShopperValues?: boolean | undefined
}

export interface MemberPage {
  /** The items of the page, in the order of the list */
  data: Member[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface Member {
  /** The id of the customer */
  customerId: string
  /** The origin of the membership; `rule`: only the rule of the group holds the customer in it */
  source: 'manual' | 'rule' | 'merge' | 'import'
  /** When the membership began (ISO 8601) */
  addedAt: string
  /** The membership by hand ends within a minute after this time. The rule may keep the customer in the group */
  expiresAt: string | null
  /** For which values the rule of the group holds the customer */
  why?: Why | undefined
}

export interface MemberChanges {
  /** How many customers entered the group */
  added: number
  /** How many customers left the group */
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
    /** Customers that match this filter now */
    filter: CustomerFilter
  } | undefined
  /** The ids of customers to remove from the group, at most 1,000 with those to add */
  remove?: string[] | undefined
}

export interface CustomerFilter {
  /** Customers with any of these ids */
  id?: string[] | undefined
  /** The id of the customer in another system. It is unique in the shop */
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
  /** Whether the owner of the inbox has proven it */
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
    /** The id. It never changes */
    id: string
    /** The e-mail address */
    email: string
    /** For which values the rule of the group holds the customer */
    why: Why
  }[]
}

export interface PreviewGroup {
  /** The filter of a rule */
  rule: Record<string, unknown>
  /** Whether the rule may read values that shoppers can change */
  allowShopperValues?: boolean | undefined
}

export interface MembershipPage {
  /** The items of the page, in the order of the list */
  data: Membership[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface Membership {
  /** The key of the group */
  key: string
  /** The origin of the membership; `rule`: only the rule of the group holds the customer in it */
  source: 'manual' | 'rule' | 'merge' | 'import'
  /** When the membership began (ISO 8601) */
  addedAt: string
  /** The membership by hand ends within a minute after this time. The rule may keep the customer in the group */
  expiresAt: string | null
  /** For which values the rule of the group holds the customer */
  why?: Why | undefined
}

export interface NewMembership {
  /** The key of the group */
  key: string
  /** The origin of the membership; `rule`: only the rule of the group holds the customer in it */
  source: 'manual' | 'rule' | 'merge' | 'import'
  /** When the membership began (ISO 8601) */
  addedAt: string
  /** The membership by hand ends within a minute after this time. The rule may keep the customer in the group */
  expiresAt: string | null
  /** For which values the rule of the group holds the customer */
  why?: Why | undefined
  /** The keys of the groups that the customer is in */
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
  /** The id. It never changes */
  id: string
  /** The id of the customer */
  customerId: string
  /** ISO 4217, such as `USD` */
  currency: string
  /** Minor units, before refunds */
  total: number
  /** Minor units of `currency` that were paid back */
  refunded: number
  /** A canceled order counts nowhere */
  state: 'paid' | 'canceled'
  /** When the order was placed (ISO 8601) */
  placedAt: string
  /** The version of the state: the newest one wins */
  version: number
  /** When this state of the order was recorded (ISO 8601) */
  recordedAt: string
}

export interface RecordOrder {
  /** Minor units, before refunds */
  total: number
  /** Minor units, of `total` */
  refunded?: number | undefined
  /** ISO 4217, in any case */
  currency: string
  /** A canceled order counts nowhere */
  state: 'paid' | 'canceled'
  /** The time of the order, at most a day after now, because clocks differ */
  placedAt: string
  /** A number of the shop that rises with every change. The newest version wins */
  version: number
}

export interface OrderWithCustomer {
  /** The id. It never changes */
  id: string
  /** The id of the customer */
  customerId: string
  /** ISO 4217, such as `USD` */
  currency: string
  /** Minor units, before refunds */
  total: number
  /** Minor units of `currency` that were paid back */
  refunded: number
  /** A canceled order counts nowhere */
  state: 'paid' | 'canceled'
  /** When the order was placed (ISO 8601) */
  placedAt: string
  /** The version of the state: the newest one wins */
  version: number
  /** When this state of the order was recorded (ISO 8601) */
  recordedAt: string
  /** null: its data was erased */
  customer: {
    /** The id. It never changes */
    id: string
    /** The id of the customer in another system. It is unique in the shop */
    externalId: string | null
    /** The e-mail address */
    email: string
    /** First name */
    firstName: string | null
    /** Last name */
    lastName: string | null
    /** A phone number (E.164) */
    phone: string | null
    /** A language tag (BCP 47), such as `de-AT` */
    locale: string | null
    /** The status */
    status: 'guest' | 'unverified' | 'active' | 'disabled' | 'merged' | 'erased'
    /** Whether the owner of the inbox has proven it */
    emailVerified: boolean
    /** Oldest first, here and in every list */
    addresses: Address[]
    /** The keys of the groups that the customer is in */
    groups: string[]
    /** Your own texts by their keys */
    metadata: Record<string, string>
    /** The present state of each purpose that the customer was asked about */
    consents: Record<string, 'granted' | 'pending' | 'withdrawn'>
    /** Orders that are not canceled, in every currency */
    orderCount: number
    /** Minor units of `currency` */
    totalSpent: number
    /** ISO 4217, such as `USD` */
    currency: string
    /** The sum and the number of orders, by currency */
    spent: {
      /** ISO 4217, such as `USD` */
      currency: string
      /** Minor units of `currency`, less refunds */
      amount: number
      /** How many orders */
      orders: number
    }[]
    /** When the last order was placed that is not canceled (ISO 8601); null: no order */
    lastOrderAt: string | null
    /** When it was created (ISO 8601) */
    createdAt: string
    /** When it was last changed (ISO 8601) */
    updatedAt: string
    /** The id in the request, if that customer was merged into this one */
    mergedFrom?: string | undefined
  } | null
}

export interface OrderPage {
  /** The items of the page, in the order of the list */
  data: Order[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface Order {
  /** The id. It never changes */
  id: string
  /** The id of the customer */
  customerId: string
  /** ISO 4217, such as `USD` */
  currency: string
  /** Minor units, before refunds */
  total: number
  /** Minor units of `currency` that were paid back */
  refunded: number
  /** A canceled order counts nowhere */
  state: 'paid' | 'canceled'
  /** When the order was placed (ISO 8601) */
  placedAt: string
  /** The version of the state: the newest one wins */
  version: number
  /** When this state of the order was recorded (ISO 8601) */
  recordedAt: string
}

export interface Stats {
  /** The id of the customer */
  customerId: string
  /** Orders that are not canceled, in every currency */
  orderCount: number
  /** Minor units of `currency`, less refunds */
  totalSpent: number
  /** ISO 4217, such as `USD` */
  currency: string
  /** The sum and the number of orders, by currency */
  spent: {
    /** ISO 4217, such as `USD` */
    currency: string
    /** Minor units of `currency`, less refunds */
    amount: number
    /** How many orders */
    orders: number
  }[]
  /** When the last order was placed that is not canceled (ISO 8601); null: no order */
  lastOrderAt: string | null
  /** The orders behind each number, newest first */
  explain?: {
    /** The ids of the orders behind `orderCount` */
    orderCount: string[]
    /** The orders behind `totalSpent` */
    totalSpent: {
      /** The id of the order in the shop */
      orderId: string
      /** Minor units of `currency`, less refunds */
      amount: number
    }[]
    /** The orders behind each sum */
    spent: {
      /** The id of the order in the shop */
      orderId: string
      /** Minor units of `currency`, less refunds */
      amount: number
      /** ISO 4217, such as `USD` */
      currency: string
    }[]
    /** When the last order was placed that is not canceled (ISO 8601); null: no order */
    lastOrderAt: string | null
    /** The orders that do not count */
    canceled: string[]
    /** false: there are more than the 1000 newest that were read */
    complete: boolean
  } | undefined
}

export interface DriftPage {
  /** The items of the page, in the order of the list */
  data: Drift[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface Drift {
  /** The id of the customer */
  customerId: string
  /** The wrong counters */
  counted: {
    /** Orders that are not canceled, in every currency */
    orderCount: number
    /** Minor units of the currency of the shop, less refunds */
    totalSpent: number
    /** The sum and the number of orders, by currency */
    spent: Record<string, {
      /** Minor units of the currency that is the key, less refunds */
      amount: number
      /** How many orders */
      orders: number
    }>
    /** When the last order was placed that is not canceled (ISO 8601); null: no order */
    lastOrderAt: string | null
  }
  /** The corrected counters */
  ledger: {
    /** Orders that are not canceled, in every currency */
    orderCount: number
    /** Minor units of the currency of the shop, less refunds */
    totalSpent: number
    /** The sum and the number of orders, by currency */
    spent: Record<string, {
      /** Minor units of the currency that is the key, less refunds */
      amount: number
      /** How many orders */
      orders: number
    }>
    /** When the last order was placed that is not canceled (ISO 8601); null: no order */
    lastOrderAt: string | null
  }
  /** When the counters were corrected (ISO 8601) */
  mendedAt: string
}

export interface MergePreview {
  /** Send it with the merge: the addresses, groups and fields of this preview move, or the merge is refused. Orders that are recorded meanwhile move too */
  planId: string
  /** The id of the customer that stays */
  survivorId: string
  /** The id of the customer that was merged into the survivor */
  mergedId: string
  /** The version of that customer when the preview was made */
  survivorVersion: number
  /** The version of that customer when the preview was made */
  mergedVersion: number
  /** Orders that count for the other customer now, and for the survivor afterwards */
  orders: number
  /** The sum and the number of orders, by currency */
  spent: {
    /** ISO 4217, such as `USD` */
    currency: string
    /** Minor units of `currency`, less refunds */
    amount: number
    /** How many orders */
    orders: number
  }[]
  /** The addresses that will move */
  addresses: string[]
  /** The addresses that will stay in the record of the merge */
  leftAddresses: {
    /** The id. It never changes */
    id: string
    /** Why the address is not moved */
    reason: 'same' | 'no_room' | 'orders_only'
  }[]
  /** The groups of the survivor after the merge */
  groups: {
    /** The key of the group */
    key: string
    /** When the membership ends (ISO 8601); null: never by itself */
    expiresAt: string | null
  }[]
  /** Blank fields to be filled */
  profile: Record<string, string>
  /** The metadata of the survivor after the merge */
  metadata: Record<string, string>
}

export interface PreviewMerge {
  /** The customer that is merged into the other */
  from: string
}

export interface Merge {
  /** The id. It never changes */
  id: string
  /** pending: the merge is due, and the service will do it */
  state: 'pending' | 'done' | 'undone'
  /** The id of the customer that stays */
  survivorId: string
  /** The customer that was merged into the survivor */
  mergedId: string
  /** true: the service merged by itself, because the customer has proven the guest’s address */
  automatic: boolean
  /** The guest was created after that proof */
  ordersOnly: boolean
  /** The caller who merged */
  actor: {
    /** Whether a client, a shopper or the service itself did it */
    type: string
    /** The id of the client, the shopper or the task */
    id: string | null
  } | null
  /** The request that caused it, `req_…`; null: no request did */
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
    /** What was left as it is */
    type: 'order' | 'address' | 'profile' | 'metadata' | 'group'
    /** The id. It never changes */
    id: string
    /** Why it was left as it is */
    reason: 'moved' | 'changed' | 'deleted'
  }[]
  /** When it was created (ISO 8601) */
  createdAt: string
  /** When the merge was done (ISO 8601); null: not yet */
  mergedAt: string | null
  /** Until when the merge can be undone (ISO 8601); null: it cannot */
  undoableUntil: string | null
  /** When the merge was undone (ISO 8601); null: it was not */
  undoneAt: string | null
  /** Who undid the merge; null: nobody did */
  undoneBy: {
    /** Whether a client, a shopper or the service itself did it */
    type: string
    /** The id of the client, the shopper or the task */
    id: string | null
  } | null
  /** Not in lists */
  detail?: {
    /** The ids of the orders that moved with the merge */
    orderIds: string[]
    /** The ids of the addresses that moved with the merge */
    addressIds: string[]
    /** The addresses that did not move, in the record of the merge */
    leftAddresses: Address[]
    /** Metadata of the merged customer that the survivor did not take */
    leftMetadata: Record<string, string>
  } | undefined
}

export interface MergeCustomers {
  /** The customer that is merged into the other */
  from: string
  /** The plan of a preview. The addresses, groups and fields of that plan move, or the merge is refused with the fields that have changed since. Orders that were recorded since move too */
  planId?: string | undefined
}

export interface MergePage {
  /** The items of the page, in the order of the list */
  data: Merge[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface Consents {
  /** The items of the page, in the order of the list */
  data: Consent[]
}

export interface Consent {
  /** What the consent is for, such as `marketing` */
  purpose: string
  /** pending: the consent waits for the double opt-in by mail, and counts as not granted */
  state: 'granted' | 'pending' | 'withdrawn'
  /** The place of the question, in the shop’s words */
  source: string | null
  /** The text that the customer saw */
  textVersion: string | null
  /** Who wrote it; null: a merge brought it */
  actor: {
    /** Whether a client, a shopper or the service itself did it */
    type: string
    /** The id of the client, the shopper or the task */
    id: string | null
  } | null
  /** When it was last changed (ISO 8601) */
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
    /** Whether a client, a shopper or the service itself did it */
    type: string
    /** The id of the client, the shopper or the task */
    id: string | null
  } | null
  /** When it happened (ISO 8601) */
  at: string
  /** The customer, or one that was merged into it */
  customerId: string
}

export interface SetConsent {
  /** What the customer answered */
  state: 'granted' | 'withdrawn'
  /** The place of the question: a page, a form, a call */
  source?: string | null | undefined
  /** The version of the text that the customer saw. Another version is a new record */
  textVersion?: string | null | undefined
}

export interface ConfirmedConsent {
  /** What the consent is for, such as `marketing` */
  purpose: string
  /** pending: the consent waits for the double opt-in by mail, and counts as not granted */
  state: 'granted' | 'pending' | 'withdrawn'
  /** When it was last changed (ISO 8601) */
  updatedAt: string
}

export interface ConfirmConsent {
  /** The token of the link in the mail, or the whole link. The service drops characters that copying adds: blanks, line ends, invisible characters, quotes, brackets and punctuation around it. */
  token: string
}

export interface CustomerExport {
  /** The id of the customer */
  customerId: string
  /** When the data was read (ISO 8601) */
  exportedAt: string
  /** Every stored row, by section. It covers the customer, all customers that were merged into it, and the guests of its address if that address is verified and claimed: `account`, `addresses`, `orders`, `groups`, `sessions`, `events` and others. A section without rows is empty. docs/privacy.md names the table of each section, and its columns */
  sections: Record<string, Record<string, unknown>[]>
  /** The webhooks that got events of the customer, and may have its data */
  recipients: {
    /** The id of the webhook */
    webhookId: string
    /** The host of the webhook */
    host: string
  }[]
  /** The next page, for sections with more than 5,000 rows; null: this is the last page */
  nextCursor: string | null
}

export interface Erasure {
  /** The id. It never changes */
  id: string
  /** The id of the customer */
  customerId: string
  /** The customers that were merged into it or into its guests */
  mergedIds: string[]
  /** The guests of its address, which was verified and claimed */
  guestIds: string[]
  /** running: the customer is erased, and jobs empty the rest of a long history */
  state: 'running' | 'done'
  /** Why the data was erased */
  reason: 'requested' | 'retention' | 'court' | 'other'
  /** Who did it */
  actor: {
    /** Whether a client, a shopper or the service itself did it */
    type: string
    /** The id of the client, the shopper or the task */
    id: string | null
  }
  /** The request that caused it, `req_…`; null: no request did */
  requestId: string | null
  /** When the data was erased (ISO 8601) */
  erasedAt: string
  /** When the last row was emptied (ISO 8601); null: it goes on */
  finishedAt: string | null
  /** The webhooks that had events of the customer, and whether they received this one */
  webhooks: {
    /** The id of the webhook */
    webhookId: string
    /** The host of its URL */
    host: string
    /** `delivered`: the webhook answered 2xx. This proves that it received the event, not that it deleted the data */
    status: 'pending' | 'delivered' | 'failed'
    /** When the webhook answered 2xx (ISO 8601); null: not yet */
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
  /** The items of the page, in the order of the list */
  data: ErasedPeople[]
  /** Where the page is in the list */
  pagination: Pagination
}

export interface ErasedPeople {
  /** The ids of the customers, each as HMAC-SHA-256 under a key of this service, base64url */
  hashes: string[]
  /** Why the data was erased */
  reason: 'requested' | 'retention' | 'court' | 'other'
  /** When the data was erased (ISO 8601) */
  erasedAt: string
}

export interface Retentions {
  /** The items of the page, in the order of the list */
  data: Retention[]
}

export interface Retention {
  /** The name */
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
  /** The name */
  name: 'Customer service'
  /** The API, to read and to try */
  docs: string
  /** All pages of the documentation */
  pages: string
  /** Every refusal, and what to do */
  errors: string
  /** The same pages for programs (llmstxt.org) */
  llms: string
  /** The path of the OpenAPI document */
  openapi: string
  /** The path of the health check */
  health: string
  /** The path where clients get tokens */
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
  /** Customers with any of these ids */
  id?: string | string[] | undefined
  /** The id of the customer in another system. It is unique in the shop */
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
  /** Whether the owner of the inbox has proven it */
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
  /** Only events of this customer, by its id */
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
  /** The status */
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
  /** Only orders in this state */
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
  /** Only merges in this state */
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
