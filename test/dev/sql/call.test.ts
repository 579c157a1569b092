import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applySources } from '../../../dev/sql/apply-function-sources.ts'
import { type CallerOptions, callerFileTexts } from '../../../dev/sql-caller/index.ts'
import { freshDatabase } from '../../support/database.ts'

let client: pg.Client
beforeAll(async () => {
  client = new pg.Client(await freshDatabase())
  await client.connect()
})
afterAll(() => client.end())

const folder = 'src/core/customer/sql'

/** The callers of these functions and no others; an array holds what lies in one file. */
async function callersOf(texts: readonly string[], options?: CallerOptions, within = folder) {
  const sources = texts.map((text, n) => ({ file: `${within}/${n}.sql`, text: `${text}\n` }))
  await client.query('begin')
  try {
    expect(await applySources(client, sources)).toEqual([])
    return await callerFileTexts(client, sources, options)
  } finally {
    await client.query('rollback')
  }
}

const only = async (...texts: string[]) =>
  (await callersOf(texts))['src/core/customer/generated/call.ts'] ?? ''

const sqlFunction = (head: string, body: string, comment = '-- Does something.') =>
  `${comment}\ncreate or replace function ${head} language sql volatile as $$ ${body} $$;`

test('an argument is not null unless the comment says so, and a result is', async () => {
  const text = await only(
    sqlFunction(
      'f(a_one text, a_two_three int) returns int',
      'select 1',
      '-- May be null: two_three.',
    ),
  )
  expect(text).toContain(
    'f: scalarFunction<{ one: Arg<string>; twoThree: Arg<number | null> }, number | null,',
  )
})

test('a result is never null when the comment says so', async () => {
  const text = await only(
    sqlFunction('f() returns int', 'select 1', '-- Never null.'),
    sqlFunction('g() returns table (a int, b int)', 'select 1, 2', '-- Never null: b.'),
  )
  expect(text).toContain("f: scalarFunction<{  }, number, 'read'>")
  expect(text).toContain('{ a: number | null; b: number }')
})

test('rows are rows of the schema', async () => {
  const text = await only(
    sqlFunction('f(it customer, o "order") returns customer', 'select it'),
    sqlFunction('g() returns setof customer', 'select * from customer'),
    sqlFunction('h() returns setof text', "select ''"),
  )
  expect(text).toContain('it: Row<typeof customerTable>; o: Row<typeof orderTable> }')
  expect(text).toContain(`'f', [["it","it","customer"],["o","o","\\"order\\""]], customerTable)`)
  expect(text).toContain('g: tableRowsFunction<{  }, RowOf<typeof customerTable>')
  expect(text).toContain('h: rowsFunction<{  }, { value: string | null }')
})

test('a function has the name that it has in the database', async () => {
  const text = await callersOf([sqlFunction('f() returns void', '')], {
    nameOf: (name) => `${name}_ab12cd34`,
  })
  expect(Object.values(text)[0]).toContain(
    "f: scalarFunction<{  }, void, 'read'>(\n    'f_ab12cd34',",
  )
})

test('an effect is what a function does with all that it calls', async () => {
  const plpgsql = (name: string, body: string) =>
    `create or replace function ${name}() returns void language plpgsql as $$ begin ${body} end $$;`
  const text = await only(
    plpgsql(
      'looks',
      "perform 'insert into event' from customer for update; -- insert into event\n",
    ),
    plpgsql('waits', 'perform pg_advisory_xact_lock(1);'),
    plpgsql('counts', "perform nextval('x');"),
    plpgsql('deletes', 'if true then delete from customer where false; end if;'),
    plpgsql(
      'nested',
      'perform 1 from (with a as (select 1) select * from a) b; with d as (delete from job returning id) select 1; ',
    ),
    plpgsql('tells', "insert into event (id) values ('x');"),
    plpgsql('calls', 'perform inner_one(); delete from job;'),
    sqlFunction('inner_one() returns void', 'select tells()'),
    plpgsql('around', 'perform deletes(); perform around();'),
    "create or replace function text_of() returns void language plpgsql as $$ begin\n execute 'x'; end $$;",
  )
  const effects = [...text.matchAll(/^ {2}(\w+): scalarFunction<.*'(\w+)'>/gm)].map(
    ([, name, effect]) => [name, effect],
  )
  expect(Object.fromEntries(effects)).toEqual({
    ...{ looks: 'read', waits: 'read', counts: 'write', deletes: 'write', nested: 'write' },
    ...{ tells: 'event', calls: 'event', innerOne: 'event', around: 'write', textOf: 'write' },
  })
})

test.each([
  ['f has a type that no caller can have: point', [sqlFunction('f(a_one point) returns void', '')]],
  [
    'f has a type that no caller can have: bytea',
    [sqlFunction('f() returns bytea', "select ''::bytea")],
  ],
  [
    'Two functions have the name f',
    ['int', 'text'].map((type) => sqlFunction(`f(a_one ${type}) returns void`, '')),
  ],
  [
    'The comment of the function f names an argument or a column that the function does not have: two',
    [sqlFunction('f(a_one int) returns void', '', '-- May be null: two.')],
  ],
  [
    'has two arguments with the same name, or an argument without a name',
    [sqlFunction('f(int) returns void', '')],
  ],
])('what no caller can say is refused: %s', async (message, texts) => {
  await expect(only(...texts)).rejects.toThrow(message)
})
