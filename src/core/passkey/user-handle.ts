import type { Context } from '#core/context'

/**
 * The account's name for authenticators, if none of its passkeys has one. It looks random, tells nothing of the customer, and need not be
 * stored between a question and its answer. An answer does not repeat it.
 */
export const newUserHandle = ({ keyring, tenant }: Context, customerId: string): string =>
  keyring.mac('passkey-user', `${tenant} ${customerId}`)
