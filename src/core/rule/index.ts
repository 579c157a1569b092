export * from './carry-out.ts'
export * from './judge-jobs-and-due-moments.ts'
export * from './preview.ts'
export type { RuleBatchSizes } from './rule-batch-sizes.ts'
