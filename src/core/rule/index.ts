export * from './carry-out.ts'
export * from './judge-jobs.ts'
export * from './preview.ts'
export type { RuleBatchSizes } from './rule-batch-sizes.ts'
