import type { Context } from '#core/context'

/**
 * The account's name for authenticators, if none of its passkeys has one. It looks random and reveals nothing about the customer. It is computed again when the answer arrives, so it need not be stored, and the answer need not contain it.
 */
export const deriveUserHandle = ({ keyring, tenant }: Context, customerId: string): string =>
  keyring.mac('passkey-user', `${tenant} ${customerId}`)
