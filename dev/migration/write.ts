import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isMigrationMissing, nextMigration } from './next.ts'

const UNNAMED =
  'The schema has changed since the last migration: run `npm run generate -- --name what_for`, with what the new migration is for'

const NAME = /^[a-z][a-z0-9_]*$/

/** Writes one more migration behind those of the folder, if the schema has changed. Refuses to write one without a name. */
export async function writeNextMigration(folder: string, name: string | undefined): Promise<void> {
  if (name === undefined) return assertNoMigrationMissing(folder)
  if (!NAME.test(name)) {
    throw new Error('The name of a migration is lower-case letters, digits and _, such as what_for')
  }
  const files = await nextMigration(folder, { name, when: Date.now(), id: randomUUID() })
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
}

/** Fails when the schema has changed since the last migration. */
export async function assertNoMigrationMissing(folder: string): Promise<undefined> {
  if (await isMigrationMissing(folder)) throw new Error(UNNAMED)
}
