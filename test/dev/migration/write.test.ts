import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assertNoMigrationMissing, writeNextMigration } from '../../../dev/migration/write.ts'
import { root } from '../../../dev/run.ts'

let folder: string

/** The migrations of a release, as they are now. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'customer-migration-'))
  for (const name of ['0000_tables.sql', 'meta']) {
    await cp(join(root, 'drizzle', name), join(folder, name), { recursive: true })
  }
})
afterEach(() => rm(folder, { recursive: true }))

/** As if a file of SQL had another text when it was released. */
async function changeSchema(): Promise<void> {
  const file = join(folder, '0000_tables.sql')
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text.replace(/^-- src\/db\/schema\/beyond\.sql \w+/m, '-- src/db/schema/beyond.sql 00000000'),
  )
}

const files = async () => (await readdir(folder, { recursive: true })).sort()

const SENTENCE =
  'The schema has changed since the last migration: run `npm run generate -- --name what_for`, with what the new migration is for'

test('without a change nothing is written, with a name or without', async () => {
  const before = await files()
  await writeNextMigration(folder, undefined)
  await writeNextMigration(folder, 'what_for')
  await assertNoMigrationMissing(folder)
  expect(await files()).toEqual(before)
})

test('a change without a name is refused in a sentence with the command, and nothing is written', async () => {
  await changeSchema()
  const before = await files()
  await expect(writeNextMigration(folder, undefined)).rejects.toThrow(SENTENCE)
  await expect(assertNoMigrationMissing(folder)).rejects.toThrow(SENTENCE)
  expect(await files()).toEqual(before)
})

test('the name of a change is the name of its migration', async () => {
  await changeSchema()
  await writeNextMigration(folder, 'what_for')
  expect(await files()).toEqual(
    expect.arrayContaining(['0001_what_for.sql', 'meta/0001_snapshot.json']),
  )
  await assertNoMigrationMissing(folder)
})

test.each(['', 'What for', '../x', '--x'])('%j is no name of a migration', async (name) => {
  await changeSchema()
  await expect(writeNextMigration(folder, name)).rejects.toThrow(
    /^The name of a migration is lower-case/,
  )
})
