import { Bug } from '#kernel/error'
import { log } from '#kernel/log'
import type { Database } from './client.ts'
import type { Compiled } from './compiled.ts'
import type { Lists } from './lists.ts'
import type { Sent } from './statement.ts'

/** Functions that this isolate has found missing. A new isolate tries them again. */
const missing = new Set<string>()

/** The use cases that run as their lists, which is right but slower; `/readyz` shows them. */
export const degraded = (): readonly string[] => [...missing].sort()

export const isMissing = ({ name }: Compiled): boolean => missing.has(name)

/** Notes that a function is missing, and raises the alarm once. */
export function noteMissing({ name }: Compiled): void {
  if (missing.has(name)) return
  missing.add(name)
  log('error', 'a function is missing, its statements are sent instead', { function: name })
}

/** For tests: tries missing functions again. */
export const forgetMissing = (): void => missing.clear()

/** The statements of use cases, once they are read. It is no promise, for a request may not wait for the read of another. */
let known: Lists | undefined

/** The statements of a use case, the same as in its function. */
export async function statementsOf(
  { lists }: Pick<Database, 'lists'>,
  { name }: Compiled,
): Promise<readonly string[]> {
  known ??= await lists()
  const found = known[name]
  if (found === undefined) throw new Bug(`no statements of ${name}`)
  return found
}

/** The mark in a list whose last statement is a change: it stands between the change and the select of its rows. */
export const MADE = '/* made */'

/**
 * The last statement of a list, with its answer kept. A change cannot be part of another statement; it is beside it, in one `with`.
 * @param keep the statement that keeps answers; its parameter `made` is the answer.
 */
export function keptAnswer(answer: string, keep: string): string {
  const [change = '', select] = answer.split(MADE)
  if (select === undefined) return keep.replace('$(made)', `(${answer})`)
  const [store = '', read = ''] = keep.replace('$(made)', '(select made from made)').split(MADE)
  return `${change}, made as (${select}), ${store.replace(/^with answer /, 'stored ')}${read.replace('from answer', 'from stored')}`
}

/** A statement with its parameters numbered from 1. */
export function numbered(template: string, values: ReadonlyMap<string, unknown>): Sent {
  const names: string[] = []
  const text = template.replaceAll(/\$\((\w+)\)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name)
    return `$${names.indexOf(name) + 1}`
  })
  return { text, values: names.map((name) => values.get(name)) }
}

/** The values of a call by the names of the parameters. */
export const valuesByName = (compiled: Compiled, values: readonly unknown[]) =>
  new Map(compiled.params.map(({ name }, i) => [name, values[i]]))
