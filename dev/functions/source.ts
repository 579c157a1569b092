import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../run.ts'

/** A function as it was written: it and the functions that it calls have their plain names. */
export type Source = {
  readonly name: string
  /** `create or replace function <name>(…) …`, with comments before it. */
  readonly text: string
  /** Where a person changes it. */
  readonly file: string
}

/** The functions that are written by hand, in their nouns. */
export const readHandWrittenSources = (): Source[] =>
  readdirSync(join(root, 'src', 'core'))
    .sort()
    .flatMap((noun) => readFolder(`src/core/${noun}/sql`))

/** The functions of the migrations: triggers and what they call. A trigger cannot choose between two texts, so their names stay. */
export const migratedNames = (): string[] =>
  readFolder('src/db/schema/trigger').map(({ name }) => name)

function readFolder(folder: string): Source[] {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  const files = readdirSync(path).filter((file) => file.endsWith('.sql'))
  return files.sort().map((file) => ({
    name: basename(file, '.sql'),
    text: readFileSync(join(path, file), 'utf8').trim(),
    file: `${folder}/${file}`,
  }))
}
