export { isLiveAttempt } from './registration-attempt.ts'
export { appendTakeover, selectAccountWhere, takeOverAccount, takeoverParams } from './take-over.ts'
export { voidAttempts } from './void-attempts.ts'
