export * from './append-event-values.ts'
export * from './job.ts'
export * from './relay.ts'
