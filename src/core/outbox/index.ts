export * from './emit.ts'
export * from './job.ts'
export * from './relay.ts'
export * from './text-array.ts'
