import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.ts'

/** A file of SQL that a migration carries beside what drizzle-kit writes. */
type Part = { readonly file: string; readonly text: string }

export const BREAKPOINT = '--> statement-breakpoint'

const schema = 'src/db/schema'

/** What drizzle-kit cannot say of the tables, then the triggers. */
export function readExtraSqlFiles(): Part[] {
  const triggers = readdirSync(join(root, schema, 'trigger')).filter((one) => one.endsWith('.sql'))
  const files = [
    'beyond.sql',
    'generated/statistics.sql',
    ...triggers.sort().map((file) => `trigger/${file}`),
  ]
  return files.map((file) => ({
    file: `${schema}/${file}`,
    text: readFileSync(join(root, schema, file), 'utf8').trim(),
  }))
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)

/**
 * The part as a migration carries it. The first line says which text of the file it brings a database to: what follows may be
 * written otherwise by hand, for a database that has an earlier text.
 */
export const extraSqlStatement = ({ file, text }: Part): string =>
  `-- ${file} ${hashOf(text)}\n${text}`

export const migrationText = (statements: readonly string[]): string =>
  `${statements.map((one) => one.trim()).join(`\n${BREAKPOINT}\n`)}\n`

/**
 * The parts whose present text no migration contains. `migrations` are texts, the oldest first. A file that is gone is an empty one: what
 * takes its place is for a person to write.
 */
export function extraSqlFilesToMigrate(
  parts: readonly Part[],
  migrations: readonly string[],
): Part[] {
  const marks = migrations.flatMap((text) => [
    ...text.matchAll(/^-- (src\/db\/\S+) ([0-9a-f]{8})$/gm),
  ])
  const known = new Map(marks.map(([, file = '', hash]) => [file, hash]))
  const gone = [...known.keys()].filter((file) => !parts.some((part) => part.file === file))
  return [...parts, ...gone.map((file) => ({ file, text: '' }))].filter(
    ({ file, text }) => known.get(file) !== hashOf(text),
  )
}
