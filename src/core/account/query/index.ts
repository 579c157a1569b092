export { isLive } from './attempt.ts'
export { accountThat, takeOver, takingOver, tellTakeover } from './take-over.ts'
export { voidAttempts } from './void.ts'
