/** The number of rows that a purge deletes at once, so that its locks are short. */
export const MAX_ROWS_PER_PURGE = 1000
