import type { RefusalCode } from '#kernel/error'

/** The refusal for each constraint that a caller may violate. A violation of another constraint is a bug. */
export const constraintRefusals: Readonly<Record<string, RefusalCode>> = {
  customer_one_account_per_email: 'email_taken',
  customer_one_guest_per_email: 'email_taken',
  customer_one_identity: 'identity_taken',
  customer_one_external_id: 'external_id_taken',
  address_stored_once: 'address_exists',
  passkey_registered_once: 'passkey_exists',
  group_pkey: 'group_taken',
}

/** Constraints that only concurrent transactions can violate. A retry sees the other transaction's change. */
export const raceConstraints: ReadonlySet<string> = new Set(['merge_takes_a_customer_once'])
