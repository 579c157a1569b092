export * from './append.ts'
export * from './raise.ts'
