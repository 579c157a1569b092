export * from './touch.ts'
