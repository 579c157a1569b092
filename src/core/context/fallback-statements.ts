import type { CompiledUseCase } from '#db/compiled-use-case'
import type { Database } from '#db/database'
import { EmbeddedCall } from '#db/embedded-call'
import {
  isFunctionNotedMissing,
  noteFunctionMissing,
  numberParameters,
  statementWithStoredAnswer,
  useCaseStatements,
  valuesByName,
} from '#db/missing-functions-and-statements'
import type { Sent, Statement } from '#db/statement'
import { KeptCall, UseCaseCall } from '#db/use-case-call'
import type { NamedStatement } from './run-statements.ts'

/** The functions that a statement calls. */
const calledBy = (statement: Statement<unknown>): readonly CompiledUseCase[] =>
  statement instanceof UseCaseCall
    ? statement.called
    : statement instanceof EmbeddedCall
      ? [statement.compiled]
      : []

export const isSentAsFallback = (statement: Statement<unknown>): boolean =>
  calledBy(statement).some(isFunctionNotedMissing)

/**
 * Notes the function as missing if one of these statements calls it; the absence of another function is a bug. A concurrent request
 * may have noted it before.
 */
export function noteMissingFunctionOfStatements(
  list: readonly NamedStatement[],
  name: string,
): boolean {
  const called = list.flatMap(([, statement]) => calledBy(statement))
  const found = called.find((compiled) => compiled.name === name)
  if (found !== undefined) noteFunctionMissing(found)
  return found !== undefined
}

/** The statements that are sent for a statement: itself, or the statements of its use case if its function is missing. */
export async function statementsToSend(
  db: Database,
  statement: Statement<unknown>,
): Promise<readonly Sent[]> {
  if (!isSentAsFallback(statement)) return [statement.sent]
  if (statement instanceof EmbeddedCall) {
    const [list = ''] = await useCaseStatements(db, statement.compiled)
    return [statement.withList(list)]
  }
  if (!(statement instanceof UseCaseCall)) return [statement.sent]
  const { compiled, bound } = statement
  const list = await useCaseStatements(db, compiled)
  const values = valuesByName(compiled, bound)
  if (!(statement instanceof KeptCall)) return list.map((text) => numberParameters(text, values))
  const [keep = ''] = await useCaseStatements(db, statement.keep)
  const kept = statementWithStoredAnswer(list.at(-1) ?? '', keep)
  const all = new Map([...valuesByName(statement.keep, statement.keepBound), ...values])
  return [...list.slice(0, -1), kept].map((text) => numberParameters(text, all))
}
