export * from './type.ts'
