import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Snapshot } from './schema-snapshot.ts'

const Journal = z.object({
  version: z.string(),
  dialect: z.string(),
  entries: z.array(
    z.object({
      idx: z.number(),
      version: z.string(),
      when: z.number(),
      tag: z.string(),
      breakpoints: z.boolean(),
    }),
  ),
})
type Journal = z.infer<typeof Journal>

export type Migration = {
  /** Its number and what it is for, such as `0000_tables`. */
  readonly tag: string
  /** When it was made, in milliseconds. */
  readonly when: number
  readonly text: string
}

export const journalFile = 'meta/_journal.json'
export const snapshotFile = (idx: number) => `meta/${fourDigitNumber(idx)}_snapshot.json`
export const fourDigitNumber = (idx: number) => String(idx).padStart(4, '0')
export const jsonFileText = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** The same list with one more. */
export function journalWithEntry(
  journal: Journal | undefined,
  { tag, when }: Omit<Migration, 'text'>,
): Journal {
  const entries = journal?.entries ?? []
  const entry = { idx: entries.length, version: '7', when, tag, breakpoints: true }
  return { version: '7', dialect: 'postgresql', entries: [...entries, entry] }
}

export function readJournal(folder: string): Journal | undefined {
  const file = join(folder, journalFile)
  return existsSync(file) ? Journal.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/** The migrations of a folder, the oldest first. */
export const readMigrations = (folder: string): Migration[] =>
  (readJournal(folder)?.entries ?? []).map(({ tag, when }) => ({
    tag,
    when,
    text: readFileSync(join(folder, `${tag}.sql`), 'utf8'),
  }))

export function readSnapshot(folder: string, idx: number): Snapshot {
  const snapshot: Snapshot = JSON.parse(readFileSync(join(folder, snapshotFile(idx)), 'utf8'))
  return snapshot
}
