import { inject } from 'vitest'

/** How much a proof goes through: enough for every path with `npm test`, the rest with `npm run test:long`. */
export const runs = <T>(short: T, long: T): T => (inject('long') ? long : short)
