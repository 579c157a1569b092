export { deleteSessions, endDevices, endIntentions } from './end-all.ts'
export * from './insert.ts'
export { openedSession } from './opened.ts'
export { goesOn, isGood, isTheSession, rotating } from './rotate.ts'
