export * from './bury.ts'
