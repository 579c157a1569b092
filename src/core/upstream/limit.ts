/** The most linked identities of an account. Those that were used last stay. */
export const LIMIT = 10
