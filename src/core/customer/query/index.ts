export * from './condition.ts'
export * from './lock.ts'
export * from './selection.ts'
