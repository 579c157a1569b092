export * from './bury.ts'
export * from './list.ts'
export * from './replay.ts'
export * from './view.ts'
