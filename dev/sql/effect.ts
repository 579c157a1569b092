import type { Routine } from './database.ts'
import { listAt, type Node, namedNodes, nodeAt, textAt } from './node.ts'
import { parseSql } from './parse.ts'
import { readBody } from './plpgsql.ts'

/** What running a function does: it only looks, it changes rows, or it changes rows and appends an event. */
export type Effect = 'read' | 'write' | 'event'

type Found = { readonly own: Effect; readonly calls: ReadonlySet<string> }

/** The effect of each function with all that it calls, by its name. */
export function effectsOf(routines: readonly Routine[]): Map<string, Effect> {
  const found = new Map(routines.map((routine) => [routine.name, lookInto(routine)]))
  const effects = routines.map(
    ({ name }) => [name, strongest(reachable(name, found), found)] as const,
  )
  return new Map(effects)
}

function reachable(from: string, found: ReadonlyMap<string, Found>): Set<string> {
  const seen = new Set([from])
  for (const name of seen) for (const called of found.get(name)?.calls ?? []) seen.add(called)
  return seen
}

function strongest(names: ReadonlySet<string>, found: ReadonlyMap<string, Found>): Effect {
  const effects = new Set([...names].map((name) => found.get(name)?.own))
  if (effects.has('event')) return 'event'
  return effects.has('write') ? 'write' : 'read'
}

function lookInto(routine: Routine): Found {
  const nodes = textsOf(routine).flatMap((text) => namedNodes(parseSql(text)))
  const calls = new Set(
    nodes.flatMap(([name, node]) => (name === 'FuncCall' ? calledBy(node) : [])),
  )
  const changes = nodes.filter(([name]) => isChange(name))
  const isEvent = changes.some(
    ([name, node]) => name === 'InsertStmt' && textAt(nodeAt(node.relation), 'relname') === 'event',
  )
  if (isEvent) return { own: 'event', calls }
  return { own: changes.length > 0 || calls.has('nextval') ? 'write' : 'read', calls }
}

/** What is no SELECT changes something: rows, or even tables. */
const isChange = (name: string): boolean => name.endsWith('Stmt') && name !== 'SelectStmt'

const calledBy = (call: Node): string[] =>
  listAt(call, 'funcname')
    .slice(-1)
    .map((name) => textAt(nodeAt(name, 'String'), 'sval'))

function textsOf({ language, body, definition }: Routine): string[] {
  if (language === 'sql') return [body]
  // Nobody knows what a text that is executed does.
  return readBody(definition).steps.map(({ kind, text }) =>
    kind === 'execute' ? 'truncate unknown' : kind === 'expression' ? `select ${text}` : text,
  )
}
