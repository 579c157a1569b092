import { inject } from 'vitest'

/** How much a proof goes through: enough for every path with `npm test`, the rest with `npm run test:long`. */
export const runs = (short: number, long: number): number => (inject('long') ? long : short)
