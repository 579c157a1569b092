export type { Bounds } from './bounds.ts'
export * from './carry-out.ts'
export * from './judge-jobs.ts'
export * from './preview.ts'
