/** A node of a tree that PostgreSQL's parser made, as JSON: what is zero, false or empty is left out. */
export type Node = Readonly<Record<string, unknown>>

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const nodeAtPath = (value: unknown, ...path: string[]): Node => {
  let at = value
  for (const key of path) at = isNode(at) ? at[key] : undefined
  return isNode(at) ? at : {}
}

export const listAtKey = (node: Node, key: string): readonly unknown[] => {
  const value = node[key]
  return Array.isArray(value) ? value : []
}

export const textAtKey = (node: Node, key: string): string => {
  const value = node[key]
  return typeof value === 'string' ? value : ''
}

export const numberAtKey = (node: Node, key: string): number => {
  const value = node[key]
  return typeof value === 'number' ? value : 0
}

/** Every named node within, from the outside in: `{ "SelectStmt": { … } }` is one called SelectStmt. */
export function nodesWithTheirNames(value: unknown): [name: string, node: Node][] {
  const found: [string, Node][] = []
  const visit = (at: unknown): void => {
    if (Array.isArray(at)) at.forEach(visit)
    if (!isNode(at)) return
    for (const name in at) {
      const inner = at[name]
      if (isNode(inner)) found.push([name, inner])
      visit(inner)
    }
  }
  visit(value)
  return found
}
