export * from './append.ts'
export * from './append-each.ts'
export * from './raise.ts'
