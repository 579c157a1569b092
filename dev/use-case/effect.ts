import type { Effect } from '../../src/db/statement.ts'
import { findFunctionReferences } from '../functions/find-function-references.ts'
import type { NamedFunction } from '../functions/name.ts'

const order: readonly Effect[] = ['read', 'write', 'event']

/**
 * What running each function does, with all that it calls, by its name: `event` when an event is appended, `write` when rows change.
 * It is read from the text, so that no statement can claim it.
 */
export function functionEffects(functions: readonly NamedFunction[]): ReadonlyMap<string, Effect> {
  const effects = new Map<string, Effect>()
  for (const { name, text, calls } of functions) {
    effects.set(name, greatest([ownEffect(text), ...calls.map((it) => effects.get(it) ?? 'read')]))
  }
  return effects
}

/** The same of a statement that is sent as it is. */
export const statementEffect = (text: string, effects: ReadonlyMap<string, Effect>): Effect =>
  greatest([
    ownEffect(text),
    ...findFunctionReferences(text).map(({ name }) => effects.get(name) ?? ('read' as const)),
  ])

const greatest = (effects: readonly Effect[]): Effect =>
  effects.toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0] ?? 'read'

function ownEffect(text: string): Effect {
  const code = text.replace(/--[^\n]*/g, '').toLowerCase()
  if (/\binsert into "?event"?[\s(]/.test(code)) return 'event'
  return /\b(insert into|delete from|update "?\w+"? (\w+ )?set)\b/.test(code) ? 'write' : 'read'
}
