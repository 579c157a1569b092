export * from './appending.ts'
export * from './job.ts'
export * from './relay.ts'
