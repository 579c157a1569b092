import { createHash } from 'node:crypto'
import { orderByCalls } from './call-order.ts'
import { findFunctionReferences } from './find-function-references.ts'
import type { Source } from './source.ts'

export type NamedFunction = Source & {
  /** Its name in the database. */
  readonly own: string
  /** With the final names of all functions. */
  readonly text: string
  /** The plain names of the functions of the set that it calls. */
  readonly calls: readonly string[]
}

/** PostgreSQL cuts longer names off. */
const MAX_BYTES = 63
const HASH_DIGITS = 8

/**
 * Gives each function its name in the database, and orders them so that each comes after those it calls. The name carries a hash
 * of the text and, through their names, of all that it calls: each release calls exactly its own functions.
 * The names of functions that the migrations made are taken.
 */
export function nameFunctions(
  sources: readonly Source[],
  migrated: readonly string[] = [],
): NamedFunction[] {
  const known = new Map<string, Source>()
  for (const source of sources) {
    assertNameable(source)
    const other = known.get(source.name)?.file ?? (migrated.includes(source.name) && 'a migration')
    if (other) throw new Error(`${source.name} is made by two: ${other} and ${source.file}`)
    known.set(source.name, source)
  }
  const calls = new Map([...known].map(([name, source]) => [name, callsOf(source, known)]))
  const own = new Map<string, string>()
  return orderByCalls(calls).flatMap((name) => {
    const source = known.get(name)
    if (source === undefined) return []
    const text = renameFunctions(source.text, own)
    own.set(name, hashed(name, text))
    return [
      {
        ...source,
        own: own.get(name) ?? name,
        text: renameFunctions(text, own),
        calls: calls.get(name) ?? [],
      },
    ]
  })
}

function assertNameable({ name, text, file }: Source): void {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) {
    throw new Error(`${file}: ${name} is no name of a function`)
  }
  const [head] = inFile(file, () => findFunctionReferences(text))
  const before = text.slice(0, head?.start).replace(/--[^\n]*|\/\*.*?\*\//gs, '')
  if (head?.name !== name || !/^\s*create or replace function\s*$/i.test(before)) {
    throw new Error(`${file} must begin with: create or replace function ${name}(…)`)
  }
  const code = text.replace(/--[^\n]*|\/\*.*?\*\//gs, '')
  if (new RegExp(`(?<![.\\w])${name}\\.\\w`).test(code)) {
    throw new Error(
      `${file}: ${name} has another name in the database, so nothing is called ${name}.…`,
    )
  }
}

/** A function that calls itself needs nothing to come before it. */
function callsOf({ name, text, file }: Source, known: ReadonlyMap<string, Source>): string[] {
  const names = inFile(file, () => findFunctionReferences(text)).map((one) => one.name)
  return [...new Set(names)].filter((one) => known.has(one) && one !== name).sort()
}

function inFile<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`)
  }
}

export function renameFunctions(text: string, names: ReadonlyMap<string, string>): string {
  let renamed = ''
  let end = 0
  for (const reference of findFunctionReferences(text)) {
    const name = names.get(reference.name)
    if (name === undefined) continue
    renamed += text.slice(end, reference.start) + name
    end = reference.end
  }
  return renamed + text.slice(end)
}

function hashed(name: string, text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS)
  return `${name.slice(0, MAX_BYTES - HASH_DIGITS - 1)}_${hash}`
}
