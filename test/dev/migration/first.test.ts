import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { extraSqlFilesToMigrate, extraSqlStatement } from '../../../dev/migration/extra-sql.ts'
import { firstMigrationTexts } from '../../../dev/migration/first.ts'
import { hasVersionHeading } from '../../../dev/migration/is-service-released.ts'
import { root } from '../../../dev/run.ts'

test('the same schema makes the same migration, which is the one that is kept', async () => {
  const [files, again] = [await firstMigrationTexts(), await firstMigrationTexts()]
  expect(again).toEqual(files)
  for (const [file, text] of Object.entries(files)) {
    expect(await readFile(join(root, 'drizzle', file), 'utf8')).toBe(text)
  }
})

test('each trigger is named in the file of the table that it watches', async () => {
  const files = await firstMigrationTexts()
  const text = files['0000_tables.sql'] ?? ''
  const triggers = [...text.matchAll(/trigger (\w+)\s[^;]*?\son (\w+)[^;]*execute function (\w+)/g)]
  expect(triggers.length).toBeGreaterThan(15)
  const home = { membership: 'group', session_token: 'session' }
  for (const [, trigger = '', table = '', name = ''] of triggers) {
    const file = new Map(Object.entries(home)).get(table) ?? table
    const schema = await readFile(join(root, `src/db/schema/${file}.ts`), 'utf8')
    const comment = schema.replaceAll(/\s*\n \* /g, ' ')
    expect(comment, `${trigger} on ${table}`).toMatch(
      new RegExp(`${name} \\([\\w, ]*\\b${trigger}\\b`),
    )
  }
})

const part = { file: 'src/db/schema/beyond.sql', text: 'create index one on customer (id);' }
const later = { ...part, text: `${part.text} create index two on customer (id);` }

test('a released migration is followed by one with the files of SQL that changed', () => {
  const first = `create table customer ();\n${extraSqlStatement(part)}\n`
  expect(extraSqlFilesToMigrate([part], [first])).toEqual([])
  expect(extraSqlFilesToMigrate([later], [first])).toEqual([later])
  expect(extraSqlFilesToMigrate([later], [first, extraSqlStatement(later)])).toEqual([])
  expect(extraSqlFilesToMigrate([part], [first, extraSqlStatement(later)])).toEqual([part])
})

test('a file of SQL that is gone is noticed once', () => {
  const gone = { ...part, text: '' }
  expect(extraSqlFilesToMigrate([], [extraSqlStatement(part)])).toEqual([gone])
  expect(extraSqlFilesToMigrate([], [extraSqlStatement(part), extraSqlStatement(gone)])).toEqual([])
})

test('what such a migration says may be written otherwise by hand', () => {
  const [mark] = extraSqlStatement(later).split('\n')
  expect(
    extraSqlFilesToMigrate(
      [later],
      [extraSqlStatement(part), `${mark}\ncreate index two on customer (id);`],
    ),
  ).toEqual([])
})

test.each([
  ['# Changelog\n\n## 0.1.0\n', true],
  ['## 1.\n', true],
  ['## [1.2.0] - 2026-01-01\n', true],
  ['# Changelog\n\n## Unreleased\n\n- 1.0 is near\n', false],
])('a changelog names a version: %j %s', (text, expected) => {
  expect(hasVersionHeading(text)).toBe(expected)
})
