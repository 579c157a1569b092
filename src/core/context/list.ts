import type { Database } from '#db/client'
import type { Compiled } from '#db/compiled'
import { EmbeddedCall } from '#db/embedded'
import {
  isMissing,
  keptAnswer,
  noteMissing,
  numbered,
  statementsOf,
  valuesByName,
} from '#db/fallback'
import { KeptCall, UseCaseCall } from '#db/handle'
import type { Sent, Statement } from '#db/statement'
import type { Named } from './run.ts'

/** The functions that a statement calls. */
const calledBy = (statement: Statement<unknown>): readonly Compiled[] =>
  statement instanceof UseCaseCall
    ? statement.called
    : statement instanceof EmbeddedCall
      ? [statement.compiled]
      : []

export const isSentAsList = (statement: Statement<unknown>): boolean =>
  calledBy(statement).some(isMissing)

/**
 * Notes the function as missing when one of these statements calls it; another one's absence is a bug. A request at the same time may
 * have noted it meanwhile.
 */
export function noteMissingIn(list: readonly Named[], name: string): boolean {
  const called = list.flatMap(([, statement]) => calledBy(statement))
  const found = called.find((one) => one.name === name)
  if (found !== undefined) noteMissing(found)
  return found !== undefined
}

/** What is sent for a statement: itself, or the list of its use case. */
export async function listOf(
  db: Database,
  statement: Statement<unknown>,
): Promise<readonly Sent[]> {
  if (!isSentAsList(statement)) return [statement.sent]
  if (statement instanceof EmbeddedCall) {
    const [list = ''] = await statementsOf(db, statement.compiled)
    return [statement.withList(list)]
  }
  if (!(statement instanceof UseCaseCall)) return [statement.sent]
  const { compiled, bound } = statement
  const list = await statementsOf(db, compiled)
  const values = valuesByName(compiled, bound)
  if (!(statement instanceof KeptCall)) return list.map((text) => numbered(text, values))
  const [keep = ''] = await statementsOf(db, statement.keep)
  const kept = keptAnswer(list.at(-1) ?? '', keep)
  const all = new Map([...valuesByName(statement.keep, statement.keepBound), ...values])
  return [...list.slice(0, -1), kept].map((text) => numbered(text, all))
}
