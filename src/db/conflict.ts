import type { RefusalCode } from '#kernel/error'

/** What a broken promise of the schema means to the caller. Constraints not named here are our own bugs. */
export const conflicts: Readonly<Record<string, RefusalCode>> = {
  customer_one_account_per_email: 'email_taken',
  customer_one_guest_per_email: 'email_taken',
  customer_one_identity: 'identity_taken',
  customer_one_external_id: 'external_id_taken',
  address_stored_once: 'address_exists',
  group_pkey: 'group_taken',
}

/** Broken only when two do the same at one moment: whoever runs again sees what the other did. */
export const races: ReadonlySet<string> = new Set(['merge_takes_a_customer_once'])
