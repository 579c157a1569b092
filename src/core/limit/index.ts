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
  noteRemainingUnprovenCreations,
  spendUnprovenQuota,
} from './unproven-writes.ts'
