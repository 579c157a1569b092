import * as z from 'zod'
import { lengthAtMost } from '#kernel/length'
import { mailPaths } from './mail-path.ts'
import { corsOrigin, metadataKey, siteUrl } from './setting-kind.ts'

const yes = (description: string) => z.boolean().default(true).meta({ description })
const whole = (least: number, most: number, usual: number, description: string) =>
  z.int().min(least).max(most).default(usual).meta({ description })
const metadataKeys = (description: string) =>
  z.array(metadataKey).check(lengthAtMost(50)).default([]).meta({ description })

/** The settings of a store. Every key has a default; an unknown key is refused, so that a misspelt one is not ignored. */
export const Settings = z.strictObject({
  require_email_verification: yes(
    'A login with the right password is refused with 403 `email_unverified` until the address is verified',
  ),
  allow_guest_checkout: yes(
    'Allow guest checkout. If false, `POST /customer/guest` answers 403 `guest_checkout_disabled`',
  ),
  password_min_length: whole(
    8,
    64,
    8,
    'Minimum length in code points. A common password is refused at any length',
  ),
  max_addresses: whole(1, 100, 10, 'Addresses that one customer may have'),
  guest_retention_days: whole(1, 3650, 90, 'Days after which a guest without an order is deleted'),
  unproven_guest_retention_days: whole(
    1,
    3650,
    7,
    'Days after which a guest without an order is deleted, if a storefront created the guest and its address is unproven',
  ),
  announce_unproven_guests: z.boolean().default(false).meta({
    description:
      'Announce a guest of a storefront to webhooks at once. If false, the guest is announced with its first order or its proof. The feed always has the events',
  }),
  max_mails_per_hour: whole(
    1,
    1_000_000,
    2000,
    'Maximum number of mails per hour to unproven addresses. The service sends no further mails, and the event `limit.reached` reports it',
  ),
  max_mails_per_domain: whole(
    1,
    1_000_000,
    500,
    'Maximum number of mails per hour to unproven addresses of one domain',
  ),
  auto_merge_guest: yes(
    'Merge a guest into the account of its address once that address is verified and claimed',
  ),
  allow_code_registration: z.boolean().default(false).meta({
    description: 'Create an account for a new address that logs in with a mailed code',
  }),
  create_groups_on_assign: yes(
    'Create a group when a customer is added to one that does not exist',
  ),
  metadata_filter_keys: metadataKeys(
    'Metadata keys that can be a filter, as `metadata.<key>`, in the list of customers and in rules',
  ),
  metadata_service_keys: metadataKeys(
    'Metadata keys that only services may write. Other callers get 403 `metadata_key_reserved`. Lists and rules can filter by these keys. A value that a shopper wrote before the key was listed here stays until a service changes it',
  ),
  event_retention_days: whole(1, 3650, 400, 'Days that events can be read and replayed'),
  delivery_retention_days: whole(
    1,
    3650,
    30,
    'Days after which a delivery that arrived or failed for good is deleted',
  ),
  dead_letter_retention_days: whole(
    1,
    3650,
    90,
    'Days after which a message that the queue gave up on is deleted',
  ),
  mail_retention_days: whole(
    1,
    30,
    8,
    'Days after which a mail that could not be sent is deleted. Its link works for 7 days at most',
  ),
  attempt_retention_days: whole(
    1,
    30,
    1,
    'Days after which a registration that was not proven is deleted. Its link works for one day',
  ),
  session_days: whole(1, 365, 30, 'Maximum age of a session in days, regardless of refreshes'),
  webhook_timeout_seconds: whole(
    1,
    30,
    15,
    'Maximum time in seconds for the answer of a webhook. In development the default is 3, because the local queue serves one webhook after the other',
  ),
  webhook_concurrency: whole(
    1,
    20,
    5,
    'Maximum number of deliveries that one webhook gets at the same time',
  ),
  identity: z.enum(['embedded', 'hanzo']).default('embedded').meta({
    description: 'The provider of passwords: this service, or Hanzo ID (docs/hanzo-id.md)',
  }),
  hanzo_issuer: siteUrl
    .default('https://hanzo.id')
    .meta({ description: 'The issuer, exactly as its tokens name it' }),
  hanzo_api: z.enum(['iam', 'casdoor']).default('iam').meta({
    description:
      'The API of Hanzo ID that creates users: `/v1/iam/…`, or the Casdoor-shaped `/api/…`',
  }),
  hanzo_password_grant: z.boolean().default(false).meta({
    description:
      'Let shoppers of Hanzo ID also log in by `POST /auth/login`. If false, they log in only at Hanzo ID, and that route answers 403 `identity_elsewhere`',
  }),
  hanzo_direct_tokens: z.boolean().default(false).meta({
    description: 'Also accept access tokens that a linked shopper got from Hanzo ID itself',
  }),
  ...mailPaths,
  cors_origins: z.array(corsOrigin).default([]).meta({
    description:
      'Origins of pages that may call, as browsers send them: `https://shop.example`, without a slash, or `*` for all. In development, pages of this machine may also call, at any port',
  }),
})

/** The settings of one tenant: its own, and the deployment's for those that it does not name. */
export type Settings = z.output<typeof Settings> & {
  readonly shopName: string
  readonly shopUrl: string
  readonly mailFrom?: string | undefined
  readonly passkey_rp_id?: string | undefined
  readonly logoUrl?: string | undefined
  readonly color?: string | undefined
  readonly currency: string
}
