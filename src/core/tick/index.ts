export * from './claim.ts'
export * from './purge.ts'
