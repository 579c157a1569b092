import type { Connection } from './connection.ts'
import { discardAllMessage, type Statement } from './encode.ts'
import type { Result } from './run.ts'

const plainCommand = /^(SELECT|INSERT|UPDATE|DELETE|MERGE|EXPLAIN|SHOW|)$/
const sessionWord = /\btemp|set_config|advisory_lock|nextval|dblink/i

const plainStatement = /^\s*(select|insert|update|delete|merge|with|values)\b/i

/** Like `mayChangeSession`, for statements that failed. The rollback undid all but session state. */
export const failureMayChangeSession = (statements: readonly Statement[]): boolean =>
  statements.some(({ query }) => !plainStatement.test(query) || sessionWord.test(query))

/** Whether the statements can have left something in the session for the next caller to find. */
export function mayChangeSession(
  statements: readonly Statement[],
  results: readonly Result[],
): boolean {
  return (
    !results.every(({ command }) => plainCommand.test(command)) ||
    statements.some(({ query }) => sessionWord.test(query))
  )
}

/** Clears the session, or closes it when it is not idle: in a transaction DISCARD ALL is refused. */
export function resetSession(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    connection.talk({
      onMessage: () => {},
      onReady: (status) => {
        if (status !== 'I') connection.destroy()
        resolve()
      },
      onLost: () => resolve(),
    })
    connection.send([discardAllMessage])
  })
}
