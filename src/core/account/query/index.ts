export { isLive } from './attempt.ts'
export { accountThat, appendTakeover, takeOver, takingOver } from './take-over.ts'
export { voidAttempts } from './void.ts'
