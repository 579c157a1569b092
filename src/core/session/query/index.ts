export { deleteSessions, endIntentions } from './end-all.ts'
export * from './insert.ts'
export * from './rotate.ts'
