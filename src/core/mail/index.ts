export type { Mail } from './compose.ts'
export * from './mailing.ts'
export * from './purge.ts'
export * from './send.ts'
