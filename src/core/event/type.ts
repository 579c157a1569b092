import type { eventTable } from '#db/schema'

export type EventType = (typeof eventTable)['$inferSelect']['type']
export type CustomerEventType = Extract<EventType, `customer.${string}`>

/** The types of events and their meanings. The list is closed; webhooks may ask for `customer.*`. */
export const eventTypeMeanings = {
  'customer.created': 'A customer was created, as an account or as a guest.',
  'customer.updated':
    'Profile, addresses or the end of a membership changed; `changed` names the fields.',
  'customer.group_added': 'The customer was added to a group.',
  'customer.group_removed': 'The customer left a group.',
  'customer.merged':
    'Another customer was merged into this one (`role: "survivor"`), or this one into another (`role: "merged"`). One merge has two events, one for each customer, with the same `mergeId`. To count merges, count only events with `role: "survivor"`.',
  'customer.unmerged':
    'A merge was undone. One undo has two events, with `role` and `mergeId` as in `customer.merged`.',
  'customer.email_verified': 'The owner of the address has proven it.',
  'customer.disabled': 'The customer can no longer log in.',
  'customer.enabled': 'The customer can log in again.',
  'customer.deleted': 'The customer was deleted. Its orders stay in the ledger.',
  'customer.erased':
    'The personal data of the customer was erased, and the data of `mergedIds` and `guestIds` too. Erase the same data.',
  'customer.exported':
    'All data about the customer was exported. `actor` and `reason` name the caller and the reason.',
  'customer.consent_changed':
    'A consent was granted, waits for the double opt-in, or was withdrawn. `consent` has the purpose and the state.',
  'customer.order_recorded':
    'The state of an order of the customer changed. An order that moves to another customer has two events: one with `order.movedFrom` for its new customer, and one with `order.movedTo` for its old one. Do not count the event with `order.movedTo`.',
  'customer.session_opened':
    'A service checked the login of the customer itself and opened a session. `sessionId` names the session; `actor` and `reason` name the caller and the reason. A shopper’s own login has no event.',
  'customer.session_reused':
    'A spent refresh token was used again, by a thief or by the owner. The session `sessionId` has ended.',
  'customer.locked':
    'A hundred logins of the account failed within an hour. Until the time in `until`, a login is possible only from a device that has logged in before, or from the place where the owner has reset the password.',
  'customer.passkey_added': 'A passkey was added to the account; `passkeyId` names it.',
  'customer.passkey_removed':
    'Passkeys of the account were removed: one by its owner, or all of them when the owner of the inbox took the account over. `passkeyIds` names them.',
  'customer.passkey_reused':
    'The counter of the passkey `passkeyId` went backwards at a login, so a copy of the passkey may exist. The login succeeded, and the account stays open.',
  'customer.login_linked':
    'The owner of the account proved its address and linked a login at another provider. `provider` is the provider’s name in the settings.',
  'customer.login_unlinked':
    'A login at another provider was removed from the account. Its owner removed it, or linked an eleventh login, which replaces the least recently used one. `provider` is the provider’s name in the settings.',
  'webhook.disabled': 'A webhook failed for too long, or answered 410, and gets no more events.',
  'limit.reached':
    'A limit for the whole shop or for a client was reached; `limit` names it. `mails_of_tenant` and `mails_to_domain`: mails to unproven addresses, of the shop or of one domain, are held back until the next hour. `failed_logins_of_client` and `wrong_secrets_of_client`: `clientId` names the client, and no request is refused. `wrong_codes_of_tenant`: for the rest of the hour, mails carry a link instead of a code. Once an hour at most.',
} as const satisfies Readonly<Record<EventType, string>>
