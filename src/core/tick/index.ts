export { Backlog } from './backlog.ts'
export * from './check-database.ts'
export * from './end-clock-task-leases.ts'
export * from './lease.ts'
