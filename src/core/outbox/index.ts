export * from './find-and-complete-job.ts'
export * from './new-event-values.ts'
export * from './relay.ts'
