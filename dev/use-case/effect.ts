import type { Effect } from '../../src/db/statement.ts'
import type { NamedFunction } from '../functions/name.ts'

const order: readonly Effect[] = ['read', 'write', 'event']

/**
 * What running each function does, with all that it calls, by its name: `event` when an event is appended, `write` when rows change.
 * It is read from the text, so that no statement can claim it.
 */
export function effectsOf(functions: readonly NamedFunction[]): ReadonlyMap<string, Effect> {
  const effects = new Map<string, Effect>()
  for (const { name, text, calls } of functions) {
    const all = [ownEffect(text), ...calls.map((called) => effects.get(called) ?? 'read')]
    effects.set(name, all.toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0] ?? 'read')
  }
  return effects
}

function ownEffect(text: string): Effect {
  const code = text.replace(/--[^\n]*/g, '').toLowerCase()
  if (/\binsert into "?event"?[\s(]/.test(code)) return 'event'
  return /\b(insert into|delete from|update "?\w+"? (\w+ )?set)\b/.test(code) ? 'write' : 'read'
}
