export * from './check-out.ts'
export * from './find-or-create.ts'
export * from './input.ts'
export * from './purge.ts'
