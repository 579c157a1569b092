export { deleteSessions, endDeviceTokens, endIntentions } from './end-access-of-customer.ts'
export * from './insert.ts'
export { openedSession } from './opened-session.ts'
export {
  isRefreshTokenGood,
  isSessionAlive,
  isSessionOfClient,
  rotateTokenParams,
} from './refresh-token.ts'
