/** How many rows a purge deletes at once, so that nobody waits for it for long. */
export const PURGED_AT_ONCE = 1000
