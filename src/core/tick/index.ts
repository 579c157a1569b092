export * from './backlog.ts'
export * from './check.ts'
export * from './claim.ts'
export * from './release.ts'
