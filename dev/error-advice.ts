import type { RefusalCode } from '../src/kernel/error.ts'

/** What a refusal's own sentence does not say: when it happens, and what the caller can do. */
type Advice = { readonly when: string; readonly act: string }

export const errorAdvice: Readonly<Record<RefusalCode, Advice>> = {
  malformed_request: {
    when: 'A header or the path cannot be read: a malformed `If-Match`, `If-None-Match`, `Idempotency-Key`, `X-Reason` or `X-Caller-Address`, or bytes that are not UTF-8.',
    act: 'Correct the request. `detail` names the header in some cases. A repeat gets the same answer.',
  },
  malformed_json: {
    when: 'The body is not JSON, is not UTF-8, or is missing where one is required.',
    act: 'Send valid JSON with `Content-Type: application/json`.',
  },
  invalid_request: {
    when: 'At an OAuth route, a parameter is missing, malformed or there twice, the client proves itself in two ways, or the page of the login is not of this browser. A redirect URI that is not registered gets this answer too.',
    act: 'Correct the request. Compare `redirect_uri` with `redirect_uris` of the client, letter by letter. A shopper who sees it on the login page starts again in the shop.',
  },
  unauthorized_client: {
    when: 'The client has no `redirect_uris` and asks for a code, or it has no scopes of its own and asks for a token by client credentials.',
    act: 'Change the client in `wrangler.toml`, or use a grant that it may use.',
  },
  invalid_grant: {
    when: 'The code or the refresh token is wrong, used, expired, of another client, or sent with another `redirect_uri` or `code_verifier`.',
    act: 'Start a new login. Do not send the same code again: a second use ends the session that the first one opened.',
  },
  unsupported_grant_type: {
    when: '`grant_type` is not `authorization_code`, `client_credentials` or `refresh_token`.',
    act: 'Use one of the three. The password grant does not exist here.',
  },
  invalid_scope: {
    when: '`scope` names a scope that the client or the session does not have, or an unknown one.',
    act: 'Ask for fewer scopes, or leave `scope` out to get all that are allowed. The refresh token that was sent stays valid.',
  },
  unsupported_token_type: {
    when: 'The token to revoke is an access token that another issuer signed, such as Hanzo ID.',
    act: 'Revoke the refresh token instead, or wait until the access token expires.',
  },
  unauthenticated: {
    when: 'The request has no `Authorization` header, or one with another scheme than `Bearer`.',
    act: 'Send `Authorization: Bearer …`. `WWW-Authenticate` says where to read how to get a token.',
  },
  invalid_token: {
    when: 'The access token is malformed, expired, revoked, or of another service. The same happens when its session, client, scope or secret is gone, or when the account was disabled, deleted or merged.',
    act: 'Refresh the session once, or get a new token by client credentials. If that is refused too, log in again.',
  },
  invalid_credentials: {
    when: 'The address, the password, the code or the passkey is wrong. An unknown address gets the same answer.',
    act: 'Let the shopper try again, or offer the reset of the password. Further failures are delayed ([`too_many_attempts`](#too_many_attempts)).',
  },
  session_ended: {
    when: 'The refresh token is unknown or expired, was used before, or its session was logged out.',
    act: 'Drop the stored session and let the shopper log in again. If nobody logged out, a copy of the token may have been used: the event `customer.session_reused` tells.',
  },
  invalid_client: {
    when: 'The client id is not configured, its secret or signed assertion is wrong, or a secret is missing.',
    act: 'Check the id and the secret. In development the secret of a client is its name. An assertion needs the right audience and works once.',
  },
  insufficient_scope: {
    when: 'The token is valid and lacks the scope that the route needs.',
    act: '`scope` names it. Add it to the client in `wrangler.toml`, or ask for it with the token ([scopes](reference.md#scopes)).',
  },
  caller_not_allowed: {
    when: 'The route is not for this kind of caller: a shopper asks for another customer, a storefront reads customers, a service asks for `/auth/me`, or a body has a field that only services may send (`imported`).',
    act: '`caller` says what the token is of, `callers` whom the route is for, and `errors` which fields only services send. Use a token of another kind ([routes](reference.md#routes)), or leave the fields out.',
  },
  email_unverified: {
    when: 'The password is right and the address is not proven yet, while `require_email_verification` is true. A service also gets it when it opens a session for such a customer.',
    act: 'Ask the shopper to open the link of the mail. `POST /auth/verify-email/resend` sends another one.',
  },
  customer_disabled: {
    when: 'Staff has disabled the account.',
    act: 'The shopper asks the shop. Staff lets the customer in again with `POST /customer/{id}/enable`.',
  },
  identity_unlinked: {
    when: 'The access token is of Hanzo ID and right, and its person is linked to no account of this shop.',
    act: 'Send the shopper to `GET /oauth/authorize`, which links the identity by a code of a mail ([Hanzo ID](hanzo-id.md#who-is-who)).',
  },
  identity_elsewhere: {
    when: 'The shop keeps its passwords at Hanzo ID, and the route would check one or open a session by one.',
    act: 'Send the shopper to `GET /oauth/authorize`.',
  },
  fresh_proof_required: {
    when: 'The action is dangerous (another address or password, a passkey, export, erasure, deletion), and the session has no proof of the last ten minutes.',
    act: 'Ask for the password and send it with the request, or call `POST /auth/reauthenticate` and repeat the request with the new session ([step-up](login.md#a-fresh-proof)).',
  },
  guest_checkout_disabled: {
    when: '`allow_guest_checkout` is false.',
    act: 'Let the shopper register, or change the setting.',
  },
  metadata_key_reserved: {
    when: 'A shopper or a storefront writes a metadata key of `metadata_service_keys`.',
    act: 'Leave the keys out that `errors` names. A service can write them.',
  },
  not_found: {
    when: 'No route has this path.',
    act: 'Check the path against the table of [routes](reference.md#routes). `detail` names the path that is near, if one is.',
  },
  order_not_found: {
    when: 'The shop has no order of this id, or its customer was deleted.',
    act: 'Check the order id. An order is there once it was recorded with `PUT /customer/{id}/order/{orderId}`.',
  },
  customer_not_found: {
    when: 'The id is unknown, malformed, of another shop, or of a customer who was deleted or erased. All of these look alike.',
    act: 'Search for the customer with `POST /customer/search`.',
  },
  address_not_found: {
    when: 'The customer has no address of this id: it was removed, or a merge has moved it.',
    act: 'Read `GET /customer/{id}/address` again.',
  },
  group_not_found: {
    when: 'No group has this key. A customer is added to an unknown group only while `create_groups_on_assign` is true.',
    act: 'Make the group with `POST /group`, or check the spelling of the key.',
  },
  session_not_found: {
    when: 'The session is unknown, or of another customer.',
    act: 'Read the list of sessions again: it may have ended.',
  },
  passkey_not_found: {
    when: 'The account has no passkey of this id.',
    act: 'Read `GET /auth/passkey` again.',
  },
  identity_not_found: {
    when: 'The account has no login of this id, or it was removed before.',
    act: 'Read `GET /auth/identity` again.',
  },
  consent_not_found: {
    when: 'Nothing was ever recorded for this purpose.',
    act: 'Treat it as not granted. `PUT /customer/{id}/consent/{purpose}` records an answer.',
  },
  membership_not_found: {
    when: 'The customer is not in the group, so there is nothing to remove.',
    act: 'Nothing: the customer is out of the group.',
  },
  event_not_found: {
    when: 'No event has this id, or it is older than `event_retention_days`.',
    act: 'Follow the feed without `after`: it begins with the oldest event that is kept.',
  },
  dead_letter_not_found: {
    when: 'No dead letter of this shop has this id: it was deleted after `dead_letter_retention_days`, or is the operator’s.',
    act: 'Read `GET /dead-letter` again. The operator reads the others with `npm run dead-letter`.',
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
    act: 'Read `GET /merge`.',
  },
  method_not_allowed: {
    when: 'The path exists and does not support the method.',
    act: 'Use one of the methods in `Allow`.',
  },
  webhook_disabled: {
    when: 'The webhook is disabled: by staff, after five days of failures, or after an answer 410.',
    act: '`PATCH /webhook/{id}` with `{"status":"enabled"}`, then replay.',
  },
  rotation_in_progress: {
    when: 'The secret was rotated within the last 24 hours.',
    act: 'Wait until `previousSecretUntil`. If the new secret has leaked, follow [the steps for that](operations.md#rotate-a-webhooks-secret).',
  },
  dead_letter_unreadable: {
    when: 'The message could not be understood, so it cannot be done again.',
    act: 'Read its text in `GET /dead-letter`, correct the sender, and have it sent again.',
  },
  customer_merged: {
    when: 'The customer was merged into another one, and the request writes to it. Reads answer with the survivor, and orders go to it.',
    act: 'Write to the customer that `survivorId` names. Only services see it; a read of the old id answers with the same customer.',
  },
  customer_is_guest: {
    when: 'The action needs an account, such as an invitation, a session or a ban from login, and the customer is a guest.',
    act: 'Create an account for the address with `POST /customer` or `POST /customer/find-or-create`.',
  },
  customer_is_active: {
    when: 'An invitation is asked for a customer whose account is active: its address is proven, and its owner has a login.',
    act: 'Send `POST /customer/{id}/password-reset` instead.',
  },
  email_already_verified: {
    when: 'The mail to verify the address is asked for again, and the address is verified.',
    act: 'Nothing: the customer can log in.',
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
    when: 'The authenticator has a passkey that is registered already.',
    act: 'Log in with it.',
  },
  passkey_limit_reached: {
    when: 'The account has 20 passkeys.',
    act: 'Let the shopper remove one with `DELETE /auth/passkey/{id}`.',
  },
  address_exists: {
    when: 'A change would make the address equal to another address of the customer. A new address that is equal to one is answered with that one, 200.',
    act: 'Use the existing address, or remove it first.',
  },
  address_limit_reached: {
    when: 'The customer has `max_addresses` addresses.',
    act: 'Remove one, or raise the setting.',
  },
  group_taken: {
    when: 'The key, after its spelling was folded, is that of another group.',
    act: 'Change that group with `PATCH /group/{key}`, or choose another key.',
  },
  group_being_deleted: {
    when: 'The group of this key was deleted, and its members are still leaving.',
    act: 'Send the request again a little later.',
  },
  group_in_use: {
    when: 'A rule of another group reads the group that is to be deleted.',
    act: 'Change the rules of the groups that `errors` names.',
  },
  rule_limit_reached: {
    when: 'The shop has 200 groups with rules.',
    act: 'Remove a rule with `PATCH /group/{key}` and `{"rule":null}`.',
  },
  membership_by_rule: {
    when: 'A customer is removed from a group and is in it by its rule alone.',
    act: 'Change the rule. `why` shows which values of the customer match it.',
  },
  merge_not_undoable: {
    when: 'The merge is older than 30 days, its survivor was merged on, deleted or erased, or another customer has the address by now.',
    act: 'Nothing undoes it. Correct the two customers by hand.',
  },
  guest_cannot_survive: {
    when: 'A merge would put an account into a guest.',
    act: 'Exchange the two: the account’s id in the path, the guest’s id in `from`.',
  },
  idempotency_key_in_use: {
    when: 'A request with the same `Idempotency-Key` is still at work.',
    act: 'Wait as `Retry-After` says and send the same request again. Both clients do so by themselves.',
  },
  precondition_failed: {
    when: '`If-Match` names another version than the present one, `If-None-Match: *` finds that the resource exists, or the plan of a merge is no longer valid.',
    act: 'Read the resource again. `changed` names the fields that have changed since. Decide again, and send the new `ETag`.',
  },
  body_too_large: {
    when: 'The body has more than 64 KB.',
    act: 'Send less at once.',
  },
  unsupported_media_type: {
    when: 'The body has another `Content-Type`, another character set than UTF-8, or is compressed.',
    act: 'Send `application/json`, or a form at the OAuth routes, without `Content-Encoding`.',
  },
  wrong_host: {
    when: 'In development, the `Host` header is not a name of this machine, or a page asks that is neither of this machine nor in `cors_origins`.',
    act: 'Use `http://localhost:8787`. A proxy in front has to send `Host: localhost` ([development](security.md#development)).',
  },
  mail_token_invalid: {
    when: 'The token of a link is wrong, used, expired or void: a newer mail, a reset or another change of the login voids older links.',
    act: 'Ask for another mail, and use its newest link.',
  },
  passkey_invalid: {
    when: 'The answer of the authenticator does not fit the options, the page or the account, or the options are older than five minutes.',
    act: 'Ask for new options with `POST /auth/passkey/register/options` and try again.',
  },
  rule_cycle: {
    when: 'The rule reads its own group, directly, through other groups or by a negation.',
    act: 'Take the group out of the rule.',
  },
  rule_too_deep: {
    when: 'Rules that read each other form a chain of more than 10 groups.',
    act: 'Let the rule read fewer groups.',
  },
  merge_with_itself: {
    when: '`from` and the customer in the path are the same, also through an earlier merge.',
    act: 'Name two different customers.',
  },
  too_much_metadata: {
    when: 'The change would leave more than 50 metadata keys.',
    act: 'Remove keys by sending `null` for them.',
  },
  rule_not_trusted: {
    when: 'The rule reads a value that everybody can write (country, city, locale, most metadata), or a group whose rule may.',
    act: 'Remove the filters that `errors` names. If nothing is lost when shoppers choose the group themselves, set `allowShopperValues` ([why](recipes.md#what-shoppers-cannot-do)).',
  },
  idempotency_key_reused: {
    when: 'The same `Idempotency-Key` came before with another body, at the same path.',
    act: 'Use a new key for each new request.',
  },
  invalid_input: {
    when: 'A field or a parameter is missing, unknown, of the wrong type or out of range.',
    act: '`errors` has the path, a code and a sentence for each field. Show the sentences beside the fields.',
  },
  invalid_cursor: {
    when: 'The cursor is of another list, of other filters or another order, or was changed.',
    act: 'Start the list again without a cursor. Send the same filters with each page.',
  },
  narrow_the_query: {
    when: 'The search takes longer than a page may take, or the page is too large.',
    act: 'Add a filter, leave out `count=exact`, or ask for a smaller `limit`.',
  },
  too_many_attempts: {
    when: 'Passwords, codes or passkeys were wrong several times at one account or from one place ([the numbers](login.md#wrong-passwords)).',
    act: 'Wait as `Retry-After` says. The right password is refused until then too. A reset of the password opens the login for the place that made it.',
  },
  too_many_requests: {
    when: 'A limit of the route was reached. `RateLimit` names it. With `Retry-After: 1`, all places in the line for password hashes are taken.',
    act: 'Wait as `Retry-After` says. Nothing was done. Both clients wait by themselves ([all limits](operations.md#what-answers-tell-of-limits)).',
  },
  internal: {
    when: 'The service has a bug.',
    act: 'Report it with `requestId`, which is in the log too. A write may have been made: repeat it only under its `Idempotency-Key`.',
  },
  misconfigured: {
    when: 'A setting or a secret is missing or wrong. All requests get this answer, and the log names the setting under the same `requestId`. With another `MASTER_SECRET` than before, only logins and tokens do.',
    act: 'Correct the setting and deploy again ([deploy](deploy.md)).',
  },
  database_unavailable: {
    when: 'The database is away, restarting, read-only, full or out of connections.',
    act: 'Wait as `Retry-After` says. If `detail` says that the change may have been made, repeat it under its `Idempotency-Key` ([when the database cannot serve](operations.md#when-the-database-cannot-serve)).',
  },
  issuer_unavailable: {
    when: 'Hanzo ID, another provider, or the signing keys of this service cannot be reached.',
    act: 'Wait as `Retry-After` says and send the request again. It did not count as a failed login.',
  },
}
