import { loadModule, parsePlPgSQLSync, parseSync } from 'libpg-query'
import { isNode, listAtKey, nodeAtPath } from './node.ts'

await loadModule()

/** PostgreSQL's own parser. The check of bodies and the callers ask it about the same texts. */
const remembered = (parse: (text: string) => unknown) => {
  const known = new Map<string, unknown>()
  return (text: string): unknown => {
    if (!known.has(text)) known.set(text, parse(text))
    return known.get(text)
  }
}

export const parseSql = remembered(parseSync)
export const parsePlpgsql = remembered(parsePlPgSQLSync)

/** What a text that holds one statement is: `SelectStmt`. */
export function statementKind(text: string): string {
  const statement = nodeAtPath(listAtKey(nodeAtPath(parseSql(text)), 'stmts')[0]).stmt
  return isNode(statement) ? (Object.keys(statement)[0] ?? '') : ''
}
