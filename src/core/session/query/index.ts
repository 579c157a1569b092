export { deleteSessions, endDevices, endIntentions } from './end-all.ts'
export * from './insert.ts'
export { goesOn, isGood, isTheSession, rotating } from './rotate.ts'
