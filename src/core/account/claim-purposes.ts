import type { MailTokenPurpose } from '#db/schema'

/** The purposes of the links by which the owner of an address takes an account over. An invitation sets the password, as a reset does. */
export const claimPurposes = {
  verify: ['verify'],
  reset: ['reset', 'invite'],
} as const satisfies Readonly<Record<string, readonly MailTokenPurpose[]>>
