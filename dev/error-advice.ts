import type { RefusalCode } from '../src/kernel/error.ts'

/** Addition to a refusal's own sentence: when it happens, and what the caller can do. */
type Advice = { readonly when: string; readonly act: string }

export const errorAdvice: Readonly<Record<RefusalCode, Advice>> = {
  malformed_request: {
    when: 'A header or the URL cannot be read: a malformed `If-Match`, `If-None-Match`, `Idempotency-Key`, `X-Reason` or `X-Caller-Address`, or percent-encoded bytes of the URL that are not UTF-8.',
    act: 'Correct the request. `detail` names the header in some cases. A repeat gets the same answer.',
  },
  malformed_json: {
    when: 'The body is not JSON or not UTF-8. (An empty body is read as `{}`, so missing fields are [`invalid_input`](#invalid_input).)',
    act: 'Send valid JSON with `Content-Type: application/json`.',
  },
  invalid_request: {
    when: 'At an OAuth route: a parameter is missing, malformed or repeated; the client authenticates in two ways; the redirect URI is not registered; or the login page belongs to another browser.',
    act: 'Correct the request. Compare `redirect_uri` with the client’s `redirect_uris`, letter by letter. A shopper who sees this on the login page starts again in the shop.',
  },
  unauthorized_client: {
    when: 'The client asks for a code but has no `redirect_uris`, or it asks for a token by client credentials but has no scopes.',
    act: 'Change the client in `wrangler.toml`, or use a grant that is allowed for this client.',
  },
  invalid_grant: {
    when: 'The code or the refresh token is wrong, used or expired, belongs to another client, or came with another `redirect_uri` or `code_verifier`.',
    act: 'Start a new login. Do not send the same code again: a second use ends the session that the first one opened.',
  },
  unsupported_grant_type: {
    when: '`grant_type` is not `authorization_code`, `client_credentials` or `refresh_token`.',
    act: 'Use one of the three. The service has no password grant.',
  },
  invalid_scope: {
    when: '`scope` names an unknown scope, or one that the client or the session does not have.',
    act: 'Ask for fewer scopes, or leave `scope` out to get all allowed scopes. The refresh token stays valid.',
  },
  unsupported_token_type: {
    when: 'The token to revoke is an access token that another issuer signed, such as Hanzo ID.',
    act: 'Revoke the refresh token instead, or wait until the access token expires.',
  },
  unauthenticated: {
    when: 'The request has no `Authorization` header, or its scheme is not `Bearer`. `POST /auth/logout` accepts a `refreshToken` in the body instead of the header.',
    act: 'Send `Authorization: Bearer …`. `WWW-Authenticate` names the document that shows how to get a token.',
  },
  invalid_token: {
    when: 'The access token is malformed, expired or revoked, or it belongs to another service. The token is also refused if its session has ended, if its client, its secret or one of its scopes was removed, or if the account was disabled, deleted or merged.',
    act: 'Refresh the session once, or get a new token by client credentials. If the refresh or the new token is refused too, log in again.',
  },
  invalid_credentials: {
    when: 'The address, the password, the code or the passkey is wrong. An unknown address gets the same answer.',
    act: 'Let the shopper try again, or offer the reset of the password. After several failures, the shopper must wait before the next attempt ([`too_many_attempts`](#too_many_attempts)).',
  },
  session_ended: {
    when: 'The refresh token is unknown, expired or already used, or its session was logged out.',
    act: 'Drop the stored session and let the shopper log in again. If the shopper did not log out, somebody may have used a copy of the token. The event `customer.session_reused` reports such a use.',
  },
  invalid_client: {
    when: 'The client id is not configured, its secret or signed assertion is wrong, or a secret is missing.',
    act: 'Check the id and the secret. In development the secret of a client is its name. An assertion needs the right audience and works once.',
  },
  insufficient_scope: {
    when: 'The token is valid but lacks the scope that the route needs.',
    act: '`scope` names the missing scope. Add this scope to the client in `wrangler.toml`, or ask for it in `scope` when you get the token ([scopes](reference.md#scopes)).',
  },
  caller_not_allowed: {
    when: 'This kind of caller may not use the route. Examples: a shopper asks for another customer, a storefront reads customers, a service asks for `/auth/me` or `/customer/me`, or a body has a field that only services may send (`imported`).',
    act: '`caller` names the kind of the token. `callers` names the kinds that may use the route. `errors` names fields that only services may send. Use a token of another kind ([routes](reference.md#routes)), or leave the fields out.',
  },
  email_unverified: {
    when: 'The password is right, but the address is not proven yet and `require_email_verification` is true. A service also gets this refusal when it opens a session for such a customer.',
    act: 'Ask the shopper to open the link of the mail. `POST /auth/verify-email/resend` sends another one.',
  },
  customer_disabled: {
    when: 'Staff have disabled the account.',
    act: 'The shopper asks the shop. Staff enable the account with `POST /customer/{id}/enable`.',
  },
  identity_unlinked: {
    when: 'The access token of Hanzo ID is valid, but the person that it names is not linked to an account of this shop.',
    act: 'Send the shopper to `GET /oauth/authorize`, which links the identity by a mailed code ([Hanzo ID](hanzo-id.md#who-is-who)).',
  },
  identity_elsewhere: {
    when: 'The shop keeps its passwords at Hanzo ID, and the route needs a password or opens a session.',
    act: 'Send the shopper to `GET /oauth/authorize`.',
  },
  fresh_proof_required: {
    when: 'The action is sensitive (another address or password, a passkey, export, erasure, deletion), and the session has no proof from the last ten minutes.',
    act: 'Call `POST /auth/reauthenticate` and repeat the request with the new session. Changing the address or the password and erasing the account also take the current password in the body ([step-up](login.md#a-fresh-proof)).',
  },
  guest_checkout_disabled: {
    when: '`allow_guest_checkout` is false.',
    act: 'Let the shopper register, or change the setting.',
  },
  metadata_key_reserved: {
    when: 'A shopper or a storefront writes a metadata key of `metadata_service_keys`.',
    act: 'Leave out the keys that `errors` names. A service can write them.',
  },
  not_found: {
    when: 'No route has this path.',
    act: 'Check the path against the table of [routes](reference.md#routes). `detail` names a similar path if there is one.',
  },
  order_not_found: {
    when: 'The shop has no order with this id, or the customer of the order was deleted.',
    act: 'Check the order id. `PUT /customer/{id}/order/{orderId}` records an order.',
  },
  customer_not_found: {
    when: 'The id is unknown or malformed, or it belongs to another shop, or to a customer who was deleted or erased. The answer is the same in all cases.',
    act: 'Search for the customer with `POST /customer/search`. For an erased customer, `GET /customer/{id}/erasure` still has the receipt.',
  },
  address_not_found: {
    when: 'The customer has no address with this id: it was removed, or a merge has moved it.',
    act: 'Read `GET /customer/{id}/address` again.',
  },
  group_not_found: {
    when: 'No group has this key. A customer is added to an unknown group only while `create_groups_on_assign` is true. The group is created with its first member.',
    act: 'Create the group with `POST /group`, or check the spelling of the key.',
  },
  session_not_found: {
    when: 'The session is unknown, or belongs to another customer.',
    act: 'Read the list of sessions again: the session may have ended.',
  },
  passkey_not_found: {
    when: 'The account has no passkey with this id.',
    act: 'Read `GET /auth/passkey` again.',
  },
  identity_not_found: {
    when: 'The account has no login with this id, or the login was removed before.',
    act: 'Read `GET /auth/identity` again.',
  },
  consent_not_found: {
    when: 'The customer has no recorded answer for this purpose.',
    act: 'Treat it as not granted. `PUT /customer/{id}/consent/{purpose}` records an answer.',
  },
  membership_not_found: {
    when: 'The customer is not in the group, so there is nothing to remove.',
    act: 'Do nothing: the customer is out of the group.',
  },
  event_not_found: {
    when: 'No event has this id, or it is older than `event_retention_days`.',
    act: 'Follow the feed without `after`: it begins with the oldest stored event.',
  },
  dead_letter_not_found: {
    when: 'No dead letter of this shop has this id: it was deleted after `dead_letter_retention_days`, or belongs to the operator.',
    act: 'Read `GET /dead-letter` again. The operator reads the other dead letters with `npm run dead-letter`.',
  },
  webhook_not_found: {
    when: 'No webhook of this shop has this id.',
    act: 'Read `GET /webhook` again.',
  },
  delivery_not_found: {
    when: 'No delivery has this id, or it was deleted after `delivery_retention_days`.',
    act: 'Replay the event itself: `POST /event/{id}/replay`.',
  },
  merge_not_found: {
    when: 'No merge of this shop has this id.',
    act: 'Find the id with `GET /merge`.',
  },
  method_not_allowed: {
    when: 'The path exists but does not support the method.',
    act: 'Use one of the methods in `Allow`. `detail` names a similar route with the method if there is one.',
  },
  webhook_disabled: {
    when: 'The webhook is disabled: by staff, after five days of failures, or after an answer 410.',
    act: 'Send `PATCH /webhook/{id}` with `{"status":"enabled"}`, then replay the missed events.',
  },
  rotation_in_progress: {
    when: 'The secret was rotated within the last 24 hours.',
    act: 'Wait until `previousSecretUntil`. If the new secret has leaked, follow [the steps for that](operations.md#rotate-a-webhooks-secret).',
  },
  dead_letter_unreadable: {
    when: 'The service could not read the message, so it cannot replay it.',
    act: 'Read the text in `GET /dead-letter`, correct the sender, and let the sender send it again.',
  },
  customer_merged: {
    when: 'The customer was merged into another one, and the request writes to it. Reads answer with the survivor, and orders go to it.',
    act: 'Write to the customer that `survivorId` names. Only services see this member. A read of the old id also answers with the survivor.',
  },
  customer_is_guest: {
    when: 'The action needs an account (to invite, to open a session or to disable), but the customer is a guest.',
    act: 'Create an account for the address with `POST /customer` or `POST /customer/find-or-create`.',
  },
  customer_is_active: {
    when: 'The account is already active: its address is proven, and its owner has a login. So it cannot be invited.',
    act: 'Send `POST /customer/{id}/password-reset` instead.',
  },
  email_already_verified: {
    when: 'The request asks for another verification mail, but the address is verified already.',
    act: 'Do nothing: the customer can log in.',
  },
  email_taken: {
    when: 'Another account of the shop has the address. Case does not matter.',
    act: 'Find that account with `POST /customer/search`, or call `POST /customer/find-or-create`. Two accounts of one person can be [merged](merge.md).',
  },
  identity_taken: {
    when: 'The person at Hanzo ID or another provider is linked to another account of the shop.',
    act: 'Log in to that account, and remove the link there if it is wrong.',
  },
  external_id_taken: {
    when: 'Another customer has this `externalId`.',
    act: 'Find that customer with `GET /customer?externalId=…`.',
  },
  passkey_exists: {
    when: 'The authenticator already has a passkey that is registered here.',
    act: 'Log in with that passkey.',
  },
  passkey_limit_reached: {
    when: 'The account has 20 passkeys.',
    act: 'Let the shopper remove one with `DELETE /auth/passkey/{id}`.',
  },
  address_exists: {
    when: 'A change would make the address equal to another address of the customer. (If a new address is equal to a stored one, the answer is the stored one, 200.)',
    act: 'Use the existing address, or remove it first.',
  },
  address_limit_reached: {
    when: 'The customer has `max_addresses` addresses.',
    act: 'Remove an address, or raise the setting.',
  },
  group_taken: {
    when: 'Another group has this key. Different spellings of a name can give the same key.',
    act: 'Change that group with `PATCH /group/{key}`, or choose another key.',
  },
  group_being_deleted: {
    when: 'The group with this key was deleted, and its members are still leaving.',
    act: 'Send the request again a little later.',
  },
  group_in_use: {
    when: 'The request deletes a group that a rule of another group reads.',
    act: 'Change the rules of the groups that `errors` names.',
  },
  rule_limit_reached: {
    when: 'The shop has 200 groups with rules.',
    act: 'Remove a rule with `PATCH /group/{key}` and `{"rule":null}`.',
  },
  membership_by_rule: {
    when: 'The request removes a customer who is in the group only because of its rule.',
    act: 'Change the rule. `why` shows which values of the customer match it.',
  },
  merge_not_undoable: {
    when: 'The merge is older than 30 days; or its survivor was merged into another customer, deleted or erased; or another customer now has the address.',
    act: 'The merge cannot be undone any more. Correct the two customers by hand.',
  },
  guest_cannot_survive: {
    when: 'The request merges an account into a guest.',
    act: 'Exchange the two ids: put the account’s id in the path, and the guest’s id in `from`.',
  },
  idempotency_key_in_use: {
    when: 'A request with the same `Idempotency-Key` is still in progress.',
    act: 'Wait as `Retry-After` says and send the same request again. Both clients do so by themselves.',
  },
  precondition_failed: {
    when: '`If-Match` names an older version; or the request has `If-None-Match: *` but the resource exists; or the plan of a merge is no longer valid.',
    act: '`detail` says which condition failed. Read the resource again. `changed` names the fields that have changed since. Decide again, and send the new `ETag`.',
  },
  body_too_large: {
    when: 'The body has more than 64 KB.',
    act: 'Split the request into smaller ones.',
  },
  unsupported_media_type: {
    when: 'The body has another `Content-Type`, it is a form in a character set other than UTF-8, or it is compressed.',
    act: 'Send `application/json`, or a form at the OAuth routes, without `Content-Encoding`.',
  },
  wrong_host: {
    when: 'In development: the `Host` header is not a name of this machine, or the request comes from a page that is neither on this machine nor in `cors_origins`.',
    act: 'Use `http://localhost` with the port of the service. A proxy before the service must send `Host: localhost`. If the page is not on this machine, add its origin to `cors_origins` and start again ([development](security.md#development)).',
  },
  mail_token_invalid: {
    when: 'The token of a link is wrong, used, expired or void. A newer mail, a reset or another change of the login voids older links.',
    act: 'Ask for another mail, and use the newest link.',
  },
  passkey_invalid: {
    when: 'The answer of the authenticator does not match the options, the page or the account; or the options are older than five minutes.',
    act: 'Ask for new options with `POST /auth/passkey/register/options` and try again.',
  },
  rule_cycle: {
    when: 'The rule reads its own group: directly, through other groups, or by `groupNot`.',
    act: 'Take the group out of the rule.',
  },
  rule_too_deep: {
    when: 'Rules that read each other form a chain of more than 10 groups.',
    act: 'Let the rule read fewer groups.',
  },
  merge_with_itself: {
    when: '`from` and the path name the same customer, directly or because of an earlier merge.',
    act: 'Name two different customers.',
  },
  too_much_metadata: {
    when: 'The change would leave more than 50 metadata keys.',
    act: 'Remove keys by sending `null` for them.',
  },
  rule_not_trusted: {
    when: 'The rule reads a value that shoppers can write (country, city, locale, most metadata), or a group whose rule may read such values.',
    act: 'Remove the filters that `errors` names. If shoppers may choose the group themselves, set `allowShopperValues` ([why](recipes.md#what-shoppers-cannot-do)).',
  },
  idempotency_key_reused: {
    when: 'An earlier request at the same path had the same `Idempotency-Key` with another body.',
    act: 'Use a new key for each new request.',
  },
  invalid_input: {
    when: 'A field or a parameter is missing, unknown, read-only, repeated, of the wrong type or out of range, or a range is backwards. An empty body lacks all required fields.',
    act: '`errors` has the path, a code and a sentence for each field ([rules](conventions.md#bodies-and-refusals)). Show the sentences beside the fields.',
  },
  invalid_cursor: {
    when: 'The cursor belongs to another list, other filters or another order, or it was altered.',
    act: '`errors` names the parameter. Start the list again without it, and send the same filters with each page. `after` of `GET /event` also takes the id of an event.',
  },
  narrow_the_query: {
    when: 'The search takes too long for one page, or the page is too large.',
    act: 'Add a filter, leave out `count=exact`, or ask for a smaller `limit`.',
  },
  too_many_attempts: {
    when: 'Several passwords, codes or passkeys were wrong at one account or from one place ([the numbers](login.md#wrong-passwords)).',
    act: 'Wait as `Retry-After` says. Until then the service refuses the right password too. After a reset of the password, logins from the IP address of the reset work again at once.',
  },
  too_many_requests: {
    when: 'A limit of the route was reached. `RateLimit` names it. `Retry-After: 1` means that the queue of password hashes is full.',
    act: 'Wait as `Retry-After` says. The request changed nothing. Both clients wait by themselves ([all limits](operations.md#what-answers-tell-of-limits)).',
  },
  internal: {
    when: 'The service has a bug.',
    act: 'Report it with the `requestId`, which is in the log too. The change may have been made: repeat the request only with the same `Idempotency-Key`.',
  },
  misconfigured: {
    when: 'A setting or a secret is missing or wrong. All requests get this answer, and the log names the setting under the same `requestId`. If `MASTER_SECRET` has changed, only requests for logins and tokens get this answer.',
    act: 'Correct the setting and deploy again ([deploy](deploy.md)).',
  },
  database_unavailable: {
    when: 'The database is away, restarting, read-only, full or out of connections.',
    act: 'Wait as `Retry-After` says. If `detail` says that the change may have been made, repeat the request with the same `Idempotency-Key` ([when the database cannot serve](operations.md#when-the-database-cannot-serve)).',
  },
  issuer_unavailable: {
    when: 'The service cannot reach Hanzo ID, another provider, or its own signing keys.',
    act: 'Wait as `Retry-After` says and send the request again. The failed request does not count as a failed login.',
  },
}
