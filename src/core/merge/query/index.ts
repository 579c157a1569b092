export * from './enqueue.ts'
