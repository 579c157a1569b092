import { Bug } from '#kernel/error'
import { log } from '#kernel/log'
import type { CompiledUseCase } from './compiled-use-case.ts'
import type { Database } from './database.ts'
import type { Sent } from './statement.ts'
import type { StatementLists } from './statement-lists.ts'

/** Functions that this isolate has found missing. A new isolate tries them again. */
const missing = new Set<string>()

/** The use cases that run as their lists, which is right but slower; `/readyz` shows them. */
export const degradedUseCases = (): readonly string[] => [...missing].sort()

export const isFunctionNotedMissing = ({ name }: CompiledUseCase): boolean => missing.has(name)

/** Notes that a function is missing, and raises the alarm once. */
export function noteFunctionMissing({ name }: CompiledUseCase): void {
  if (missing.has(name)) return
  missing.add(name)
  log('error', 'a function is missing, its statements are sent instead', { function: name })
}

/** For tests: tries missing functions again. */
export const resetMissingFunctions = (): void => missing.clear()

/** The statements of use cases, once they are read. It is not a promise, because a Worker's request must not await the I/O of another request. */
let known: StatementLists | undefined

/** The statements of a use case, the same as in its function. */
export async function useCaseStatements(
  { lists }: Pick<Database, 'lists'>,
  { name }: CompiledUseCase,
): Promise<readonly string[]> {
  known ??= await lists()
  const found = known[name]
  if (found === undefined) throw new Bug(`no statements of ${name}`)
  return found
}

/** The mark in a list whose last statement is a change: it stands between the change and the select of its rows. */
export const CHANGE_SELECT_SEPARATOR = '/* made */'

/**
 * The last statement of a list, with its answer kept. A change cannot be a subquery, so it becomes a `with` query of the same statement.
 * @param keep the statement that keeps answers; its parameter `made` is the answer.
 */
export function statementWithStoredAnswer(answer: string, keep: string): string {
  const [change = '', select] = answer.split(CHANGE_SELECT_SEPARATOR)
  if (select === undefined) return keep.replace('$(made)', `(${answer})`)
  const [store = '', read = ''] = keep
    .replace('$(made)', '(select made from made)')
    .split(CHANGE_SELECT_SEPARATOR)
  return `${change}, made as (${select}), ${store.replace(/^with answer /, 'stored ')}${read.replace('from answer', 'from stored')}`
}

/** A statement with its parameters numbered from 1. */
export function numberParameters(template: string, values: ReadonlyMap<string, unknown>): Sent {
  const names: string[] = []
  const text = template.replaceAll(/\$\((\w+)\)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name)
    return `$${names.indexOf(name) + 1}`
  })
  return { text, values: names.map((name) => values.get(name)) }
}

/** The values of a call by the names of the parameters. */
export const valuesByName = (compiled: CompiledUseCase, values: readonly unknown[]) =>
  new Map(compiled.params.map(({ name }, i) => [name, values[i]]))
