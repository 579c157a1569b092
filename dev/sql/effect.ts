import { listAtKey, type Node, nodeAtPath, nodesWithTheirNames, textAtKey } from './node.ts'
import { parseSql } from './parse.ts'
import { readPlpgsqlBody } from './plpgsql.ts'
import type { Routine } from './routine.ts'

/** What running a function does: it only looks, it changes rows, or it changes rows and appends an event. */
export type Effect = 'read' | 'write' | 'event'

type Found = { readonly own: Effect; readonly calls: ReadonlySet<string> }

/** Says the effect of a function with all that it calls. It looks into no others: most functions nobody asks about. */
export function makeRoutineEffectFinder(routines: readonly Routine[]): (name: string) => Effect {
  const byName = new Map(routines.map((routine) => [routine.name, routine]))
  const known = new Map<string, Found>()
  const look = (name: string): Found | undefined => {
    const routine = byName.get(name)
    if (routine !== undefined && !known.has(name)) known.set(name, lookInto(routine))
    return known.get(name)
  }
  return (name) => strongest(reachable(name, look))
}

function reachable(from: string, look: (name: string) => Found | undefined): Found[] {
  const seen = new Set([from])
  const found: Found[] = []
  for (const name of seen) {
    const one = look(name)
    if (one === undefined) continue
    found.push(one)
    for (const called of one.calls) seen.add(called)
  }
  return found
}

function strongest(found: readonly Found[]): Effect {
  const effects = new Set(found.map(({ own }) => own))
  if (effects.has('event')) return 'event'
  return effects.has('write') ? 'write' : 'read'
}

function lookInto(routine: Routine): Found {
  const nodes = textsOf(routine).flatMap((text) => nodesWithTheirNames(parseSql(text)))
  const calls = new Set(
    nodes.flatMap(([name, node]) => (name === 'FuncCall' ? calledBy(node) : [])),
  )
  const changes = nodes.filter(([name]) => isChange(name))
  const isEvent = changes.some(
    ([name, node]) =>
      name === 'InsertStmt' && textAtKey(nodeAtPath(node.relation), 'relname') === 'event',
  )
  if (isEvent) return { own: 'event', calls }
  return { own: changes.length > 0 || calls.has('nextval') ? 'write' : 'read', calls }
}

/** What is no SELECT changes something: rows, or even tables. */
const isChange = (name: string): boolean => name.endsWith('Stmt') && name !== 'SelectStmt'

const calledBy = (call: Node): string[] =>
  listAtKey(call, 'funcname')
    .slice(-1)
    .map((name) => textAtKey(nodeAtPath(name, 'String'), 'sval'))

function textsOf({ language, body, definition }: Routine): string[] {
  if (language === 'sql') return [body]
  // Nobody knows what a text that is executed does.
  return readPlpgsqlBody(definition).steps.map(({ kind, text }) =>
    kind === 'execute' ? 'truncate unknown' : kind === 'expression' ? `select ${text}` : text,
  )
}
