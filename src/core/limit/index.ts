export { appendLimitEvents } from './append-limit-events.ts'
export { purgeQuotas } from './purge.ts'
export { mailBounds, mailBoundsOfAddress, unprovenMadeRule } from './quota-bound.ts'
export {
  countUnprovenMade,
  explainUnprovenLimitRefusal,
  ignoreUnprovenLimitRefusal,
  noteRemainingUnprovenMade,
} from './unproven-made.ts'
