import pg from 'pg'
import { expect, test } from 'vitest'
import { describeFunctions, functionMigration } from '../../dev/function.ts'
import { identityOf, readSignature } from '../../dev/signature.ts'
import { freshDatabase } from '../support/database.ts'

type Texts = Readonly<Record<string, string>>

const migration = (before: Texts, after: Texts) =>
  functionMigration(describeFunctions(before), describeFunctions(after), after)?.split(
    '\n--> statement-breakpoint\n',
  )

const double = (parameters: string, body: string) =>
  `create or replace function double(${parameters}) returns int language sql as $$ ${body} $$;`
const first = double('a_n int', 'select 2 * a_n')

test('nothing changed needs no migration', () => {
  expect(migration({ double: first }, { double: first })).toBeUndefined()
})

test('a function with a new body is replaced', () => {
  const next = double('a_n int', 'select a_n + a_n')
  expect(migration({ double: first }, { double: next })).toEqual([
    'set check_function_bodies = off;',
    `${next}\n`,
  ])
})

test.each([
  ['another parameter', 'a_n bigint'],
  ['another name of a parameter', 'a_number int'],
  ['another default', 'a_n int default 1'],
])('with %s, its old overload is dropped first', (_, parameters) => {
  const next = double(parameters, 'select 1')
  expect(migration({ double: first }, { double: next })).toEqual([
    'set check_function_bodies = off;',
    'drop function if exists double(a_n int);',
    `${next}\n`,
  ])
})

test('a function that is gone is dropped', () => {
  expect(migration({ double: first }, {})).toEqual([
    'set check_function_bodies = off;',
    'drop function if exists double(a_n int);\n',
  ])
})

test('a signature is read over lines, comments, defaults and types with parentheses', () => {
  const text = `-- Says (much).
    create or replace function many(
      a_one numeric(10, 2) default 1.5, -- one, of them
      a_two text[] = '{a,b}', a_three int
    ) returns table (n int, word text)
    language sql stable as $$ select 1, 'returns' $$;`
  const signature = readSignature('many', text)
  expect(signature).toBe(
    "many(a_one numeric(10, 2) default 1.5, a_two text[] = '{a,b}', a_three int) returns table (n int, word text)",
  )
  expect(identityOf(signature)).toBe('many(a_one numeric(10, 2), a_two text[], a_three int)')
})

test('a file must hold the function of its name', () => {
  expect(() => describeFunctions({ other: first })).toThrow('src/db/function/other.sql must hold')
})

test('PostgreSQL takes every such migration and keeps one overload', async () => {
  const client = new pg.Client(await freshDatabase())
  await client.connect()
  const versions: Texts[] = [
    {},
    { double: first },
    { double: double('a_n int default 1, a_more numeric(10, 2) default 2', 'select 2 * a_n') },
    { double: double('a_n bigint', 'select helper(a_n)'), helper: helper('select 2 * a_n') },
    { double: double('a_n bigint', 'select helper(a_n)'), helper: helper('select 3 * a_n') },
  ]
  for (const [at, after] of versions.entries()) {
    for (const statement of migration(versions[at - 1] ?? {}, after) ?? []) {
      await client.query(statement)
    }
  }
  const { rows } = await client.query(
    `select double(5), (select count(*)::int from pg_proc where proname = 'double') as overloads`,
  )
  await client.end()
  expect(rows).toEqual([{ double: 15, overloads: 1 }])
})

function helper(body: string): string {
  return `create or replace function helper(a_n bigint) returns int language sql as $$ ${body} $$;`
}
