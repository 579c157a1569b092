export * from './insert.ts'
export * from './rotate.ts'
