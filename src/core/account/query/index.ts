export { isLiveAttempt } from './registration-attempt.ts'
export { accountWhere, appendTakeover, takeOver, takeoverParams } from './take-over.ts'
export { voidAttempts } from './void-attempts.ts'
