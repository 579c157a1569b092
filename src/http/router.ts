import type { Params, Result, Router } from 'hono/router'

type Node<T> = {
  readonly fixed: Map<string, Node<T>>
  /** Whatever else stands here. */
  any: Node<T> | null
  readonly handlers: Map<string, [handler: T, names: readonly string[]][]>
}

const newNode = <T>(): Node<T> => ({ fixed: new Map(), any: null, handlers: new Map() })

/**
 * Finds the handlers of a path, segment by segment; what is fixed wins over a parameter. Hono's quickest router cannot have
 * `/customer/guest` beside `/customer/:id/address`, and the one it then takes costs more than all else that it does.
 */
export class SegmentRouter<T> implements Router<T> {
  readonly name = 'SegmentRouter'
  readonly #everywhere: [T, Params][] = []
  readonly #root: Node<T> = newNode()

  add(method: string, path: string, handler: T): void {
    if (path === '/*' || path === '*') {
      this.#everywhere.push([handler, {}])
      return
    }
    const names: string[] = []
    let node = this.#root
    for (const segment of path.split('/').slice(1)) {
      if (segment.startsWith(':')) names.push(segment.slice(1))
      node = childOf(node, segment)
    }
    const known = node.handlers.get(method) ?? []
    node.handlers.set(method, [...known, [handler, names]])
  }

  match(method: string, path: string): Result<T> {
    const values: string[] = []
    const found = find(this.#root, path.split('/'), 1, method, values)
    if (found === null) return [this.#everywhere]
    const named = found.map(([handler, names]): [T, Params] => [handler, paramsOf(names, values)])
    return [[...this.#everywhere, ...named]]
  }
}

function childOf<T>(node: Node<T>, segment: string): Node<T> {
  if (segment.startsWith(':')) {
    node.any ??= newNode()
    return node.any
  }
  const child = node.fixed.get(segment) ?? newNode<T>()
  node.fixed.set(segment, child)
  return child
}

function find<T>(
  node: Node<T>,
  segments: readonly string[],
  at: number,
  method: string,
  values: string[],
): [T, readonly string[]][] | null {
  const segment = segments[at]
  if (segment === undefined) return node.handlers.get(method) ?? null
  const fixed = node.fixed.get(segment)
  const found = fixed === undefined ? null : find(fixed, segments, at + 1, method, values)
  if (found !== null || node.any === null || segment === '') return found
  values.push(segment)
  const other = find(node.any, segments, at + 1, method, values)
  if (other === null) values.pop()
  return other
}

const paramsOf = (names: readonly string[], values: readonly string[]): Params =>
  Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']))
