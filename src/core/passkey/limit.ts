/** The most passkeys of an account. */
export const LIMIT = 20
