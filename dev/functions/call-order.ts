/** The names, each after those it calls and otherwise by the alphabet. */
export function orderByCalls(calls: ReadonlyMap<string, readonly string[]>): string[] {
  const ordered = new Set<string>()
  const visit = (name: string, path: readonly string[]): void => {
    if (ordered.has(name)) return
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name]
      throw new Error(`These functions call each other in a circle: ${circle.join(' → ')}`)
    }
    for (const called of calls.get(name) ?? []) visit(called, [...path, name])
    ordered.add(name)
  }
  for (const name of [...calls.keys()].sort()) visit(name, [])
  return [...ordered]
}
