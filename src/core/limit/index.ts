export { mailBounds } from './bound.ts'
export { countMade, silentlyWithinBounds, withinBounds } from './made.ts'
export { purgeQuotas } from './purge.ts'
export { tellLimits } from './tell.ts'
