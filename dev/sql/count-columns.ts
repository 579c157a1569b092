import { listAtKey, type Node, nodeAtPath, nodesWithTheirNames } from './node.ts'
import { parseSql, statementKind } from './parse.ts'

/** How many columns a query gives, where it lists them: `*` may be any number. */
export function countColumns(text: string): number | undefined {
  const statement = nodeAtPath(
    listAtKey(nodeAtPath(parseSql(text)), 'stmts')[0],
    'stmt',
    statementKind(text),
  )
  const columns =
    statementKind(text) === 'SelectStmt'
      ? selected(statement)
      : listAtKey(nodeAtPath(statement.returningClause), 'exprs')
  const isListed = columns.length > 0 && !columns.some(isStar)
  return isListed ? columns.length : undefined
}

/** A union has the columns of its first part. */
function selected(statement: Node): readonly unknown[] {
  const first = nodeAtPath(statement.larg)
  return 'op' in first ? selected(first) : listAtKey(statement, 'targetList')
}

function isStar(column: unknown): boolean {
  const value = nodeAtPath(column, 'ResTarget', 'val')
  const mayBe = 'ColumnRef' in value || 'A_Indirection' in value
  return mayBe && nodesWithTheirNames(value).some(([name]) => name === 'A_Star')
}
