/** A task that has been due for longer is behind. An ordinary minute ends before the next one. */
export const BEHIND_MS = 5 * 60_000
