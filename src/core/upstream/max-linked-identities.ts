/** The most linked identities of an account. Those that were used last stay. */
export const MAX_LINKED_IDENTITIES = 10
