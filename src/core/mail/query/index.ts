export * from './letter.ts'
export * from './post.ts'
