export * from './append.ts'
export * from './append-each.ts'
export { deleteJob, enqueueJob, lockJob, takeJob, takenJobs } from './job.ts'
export * from './raise.ts'
