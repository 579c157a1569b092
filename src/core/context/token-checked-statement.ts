import { EmbeddedCall } from '#db/embedded-call'
import type { Sent, Statement } from '#db/statement'
import { UseCaseCall } from '#db/use-case-call'
import { isSentAsFallback } from './fallback-statements.ts'

type Check = UseCaseCall<unknown, 'read'>

/**
 * A statement that checks the token before it calls a function, or before it answers with a page. The check and the statement are one statement: a second one would take a third of the database time of a request. Null: the statement cannot be combined with a check.
 */
export function withTokenCheck(check: Check, statement: Statement<unknown>): Sent | null {
  if (isSentAsFallback(statement) || isSentAsFallback(check)) return null
  const { text, values } = statement.sent
  const places = check.bound.map((_, i) => `$${values.length + 1 + i}`)
  // SQL by hand: it is put around the text of a statement.
  const isGood = `${check.compiled.name}(${places.join(', ')}) is not null`
  const all = [...values, ...check.bound]
  if (statement instanceof UseCaseCall) {
    return {
      // A function by hand is called in a subquery, which runs only when the check is passed: a condition would be tested after it.
      text: statement.compiled.isDirect
        ? `select case when ${isGood} then (${text}) end as made`
        : `${text} where ${isGood}`,
      values: all,
    }
  }
  if (!(statement instanceof EmbeddedCall)) return null
  return { text: `select page.* from (${text}) page where ${isGood}`, values: all }
}
