export * from './writer.ts'
