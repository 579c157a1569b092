export * from './new-event-values.ts'
export * from './relay.ts'
export * from './running-job.ts'
