export { deleteSessions, endDeviceTokens, endIntentions } from './end-access-statement-parts.ts'
export * from './insert.ts'
export { openedSession } from './opened-session.ts'
export {
  isRefreshTokenGood,
  isSessionAlive,
  isSessionOfClient,
  rotateTokenParams,
} from './refresh-token-statement-parts.ts'
