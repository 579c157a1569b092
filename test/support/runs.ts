import { inject } from 'vitest'

/** How much a proof goes through: enough for every path with `npm test`, the rest with `npm run test:long`. */
export const runs = <T>(short: T, long: T): T => (inject('long') ? long : short)

/**
 * The seed of what happens at random: the same with each `npm test`, so that a run says something of the change and nothing of luck; another
 * one with each `npm run test:long`, which looks for what no run has seen. `SEED` repeats one.
 */
export const seed = Number(process.env.SEED ?? runs(1, Date.now() % 1_000_000))
