export { appendLimitEvents } from './append-limit-events.ts'
export {
  mailBounds,
  mailBoundsOfAddress,
  unprovenCreationBoundRule,
} from './mail-and-unproven-bounds.ts'
export { purgeQuotas } from './purge.ts'
export {
  explainUnprovenLimitRefusal,
  ignoreUnprovenLimitRefusal,
  noteRemainingUnprovenMade,
  spendUnprovenQuota,
} from './unproven-writes.ts'
