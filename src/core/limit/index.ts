export { appendLimits } from './append.ts'
export { addressBounds, madeRule, mailBounds } from './bound.ts'
export { countMade, noteMade, silentlyWithinBounds, withinBounds } from './made.ts'
export { purgeQuotas } from './purge.ts'
