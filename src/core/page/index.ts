export * from './by-id.ts'
export * from './cursor.ts'
export * from './input.ts'
export * from './view.ts'
