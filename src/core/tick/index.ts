export { Backlog } from './backlog.ts'
export * from './check.ts'
export * from './lease.ts'
export * from './release.ts'
