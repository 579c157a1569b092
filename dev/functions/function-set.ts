import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { NamedFunction } from './name.ts'

/** The functions of one release of the code, each after those it calls. */
export type FunctionSet = {
  /** A hash over their names in the database. */
  readonly release: string
  readonly functions: readonly NamedFunction[]
}

export function toFunctionSet(functions: readonly NamedFunction[]): FunctionSet {
  const names = functions.map(({ own }) => own).sort()
  const release = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16)
  return { release, functions }
}

const Index = z.object({
  release: z.string(),
  functions: z.array(
    z.object({
      name: z.string(),
      own: z.string(),
      file: z.string(),
      calls: z.array(z.string()),
    }),
  ),
})

const indexFile = 'set.json'
const fileOf = (name: string) => `${name}.sql`

/** The files that hold a set. Their names carry no hash: a change of a function is a change of its file. */
export function filesOfFunctionSet({ release, functions }: FunctionSet): Record<string, string> {
  const entries = functions.map(({ text: _, ...entry }) => entry)
  const index: z.infer<typeof Index> = {
    release,
    functions: entries.map((entry) => ({ ...entry, calls: [...entry.calls] })),
  }
  return {
    [indexFile]: `${JSON.stringify(index, null, 2)}\n`,
    ...Object.fromEntries(functions.map(({ name, text }) => [fileOf(name), `${text}\n`])),
  }
}

/** The set as its files hold it: what applies it needs neither the sources nor what compiles them. */
export function readFunctionSet(folder: string): FunctionSet {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  const { release, functions } = Index.parse(JSON.parse(read(indexFile)))
  return {
    release,
    functions: functions.map((entry) => ({ ...entry, text: read(fileOf(entry.name)).trimEnd() })),
  }
}
