export { appendLimitEvents } from './append-limit-events.ts'
export { purgeQuotas } from './purge.ts'
export { mailBounds, mailBoundsOfAddress, unprovenMadeRule } from './quota-bound.ts'
export {
  countUnprovenMade,
  ignoreBeyondMadeBounds,
  noteUnprovenMade,
  refuseBeyondMadeBounds,
} from './unproven-made.ts'
