import type { Mistake } from './parse.ts'
import type { Import } from './read-imports.ts'

export type Imports = ReadonlyMap<string, readonly Import[]>

/**
 * Files that load each other in a circle. Which of them runs first depends on who loads them, and the one that runs first sees nothing
 * of the others. For each knot of files, its shortest circle.
 */
export function findCycles(imports: Imports): (Mistake & { readonly circle: string })[] {
  return knotsOf(imports).map((knot) => {
    const inside = new Set(knot)
    const circles = knot.map((file) => shortest(file, inside, imports))
    const [first] = circles.toSorted((a, b) => a.length - b.length)
    const path = (first ?? []).map(({ from }) => from)
    const circle = [...path, ...path.slice(0, 1)].join(' → ')
    const says = `a circle of imports at run time: ${circle}: move what both need into a file of its own, or import only types`
    return { file: path[0] ?? '', line: first?.[0]?.line ?? 0, says, circle }
  })
}

const atStart = (file: string, imports: Imports): (Import & { readonly to: string })[] =>
  (imports.get(file) ?? []).flatMap((it) =>
    it.when === 'start' && it.to !== undefined ? [{ ...it, to: it.to }] : [],
  )

/** The way back to a file on the fewest imports (breadth first). */
function shortest(file: string, inside: ReadonlySet<string>, imports: Imports): Import[] {
  const cameBy = new Map<string, Import>()
  const queue = [file]
  for (const at of queue) {
    for (const it of atStart(at, imports)) {
      if (!inside.has(it.to)) continue
      if (it.to === file) return wayTo(at, file, cameBy, it)
      if (cameBy.has(it.to)) continue
      cameBy.set(it.to, it)
      queue.push(it.to)
    }
  }
  return []
}

function wayTo(end: string, start: string, cameBy: ReadonlyMap<string, Import>, last: Import) {
  const way = [last]
  for (let at = end; at !== start; ) {
    const it = cameBy.get(at)
    if (it === undefined) break
    way.unshift(it)
    at = it.from
  }
  return way
}

/** The strongly connected components of more than one file, or of one that imports itself (Tarjan). */
function knotsOf(imports: Imports): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const knots: string[][] = []
  const visit = (file: string): number => {
    const own = index.size
    index.set(file, own)
    open.push(file)
    let least = own
    for (const { to } of atStart(file, imports)) {
      const seen = index.get(to)
      if (seen === undefined) least = Math.min(least, visit(to))
      else if (open.includes(to)) least = Math.min(least, low.get(to) ?? seen)
    }
    low.set(file, least)
    if (least === own) knots.push(open.splice(open.indexOf(file)))
    return least
  }
  for (const file of [...imports.keys()].sort()) if (!index.has(file)) visit(file)
  const isKnot = (knot: string[]) =>
    knot.length > 1 || knot.some((file) => atStart(file, imports).some(({ to }) => to === file))
  return knots.filter(isKnot).map((knot) => knot.sort())
}
