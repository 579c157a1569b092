export { composeMail, type Mail } from './compose.ts'
export * from './post.ts'
export * from './purge.ts'
export * from './send.ts'
