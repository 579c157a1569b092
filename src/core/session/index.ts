export { endOwnSessions, endSessions, sessionReplacementStatements } from './end.ts'
export { Session, SHOPPER_SCOPE } from './issue-session.ts'
export * from './list.ts'
export * from './open-session-for-customer.ts'
export {
  loginStatuses,
  prepareSessionOpening,
  prepareSessionParts,
} from './prepare-session-opening.ts'
export * from './purge.ts'
export * from './refresh-and-end-by-token.ts'
export * from './revoke.ts'
