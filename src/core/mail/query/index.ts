export { letter } from './letter.ts'
export * from './letter-to.ts'
export * from './post.ts'
export * from './warning.ts'
