/** The number of rows that a purge deletes at once, so that its locks are short. */
export const PURGED_AT_ONCE = 1000
