export * from './list.ts'
export * from './timeline.ts'
export * from './type.ts'
export * from './view.ts'
