import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createMissingFunctions } from '../../../dev/functions/apply.ts'
import type { FunctionSet } from '../../../dev/functions/function-set.ts'
import { inSchemaChangeTransaction } from '../../../dev/schema-change-transaction.ts'
import { freshDatabase } from '../../support/database.ts'
import { pick, setFrom, source } from './source.ts'

let database: string
let client: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  client = await connect()
})
afterAll(() => client.end())
beforeEach(() => client.query('delete from release'))

async function connect(): Promise<pg.Client> {
  const one = new pg.Client(database)
  await one.connect()
  return one
}

const apply = (set: FunctionSet, by = client) =>
  inSchemaChangeTransaction(by, () => createMissingFunctions(by, set))

/** The functions of a set as the catalog has them, and the releases. A row that is written again has another xmin. */
async function state({ functions }: FunctionSet): Promise<unknown> {
  const names = functions.map(({ own }) => own)
  const { rows } = await client.query(
    'select oid::regprocedure::text as name, xmin::text from pg_proc where proname = any($1) order by 1',
    [names],
  )
  const { rows: releases } = await client.query('select *, xmin::text from release order by id')
  return { rows, releases }
}

const double = source('double', 'select 2 * n')
const quadruple = source('quadruple', 'select double(double(n))')

test('a set is applied in the order of its calls, and its release is noted', async () => {
  const set = setFrom(quadruple, double)
  await apply(set)
  const { rows } = await client.query(`select ${pick(set.functions, 'quadruple').own}(5) as n`)
  expect(rows).toEqual([{ n: 20 }])
  const { rows: releases } = await client.query('select id, functions, called_at from release')
  expect(releases).toEqual([
    { id: set.release, functions: set.functions.map(({ own }) => own), called_at: null },
  ])
})

test('applied once more it changes nothing', async () => {
  const set = setFrom(quadruple, double)
  await apply(set)
  const before = await state(set)
  await apply(set)
  expect(await state(set)).toEqual(before)
})

test('two at once wait for each other', async () => {
  const set = setFrom(source('apart', 'select n'), source('caller', 'select apart(n)'))
  const other = await connect()
  await Promise.all([apply(set, other), apply(set)])
  await other.end()
  const { own } = pick(set.functions, 'caller')
  const { rows } = await client.query(`select ${own}(5) as n, (select count(*)::int from release)`)
  expect(rows).toEqual([{ n: 5, count: 1 }])
})

test('the next release has functions of its own beside those of the last', async () => {
  const first = setFrom(double)
  const second = setFrom({ ...double, text: double.text.replace('2 *', 'n +') })
  await apply(first)
  await apply(second)
  const names = [first, second].map(({ functions }) => pick(functions, 'double').own)
  const { rows } = await client.query(
    `select ${names.map((name) => `${name}(5)`).join(' + ')} as n`,
  )
  expect(rows).toEqual([{ n: 20 }])
})

test('a release that is applied again is the newest again', async () => {
  const [first, second] = [setFrom(double), setFrom(double, quadruple)]
  for (const set of [first, second, first]) await apply(set)
  const { rows } = await client.query('select id from release order by applied_at desc')
  expect(rows.map(({ id }) => id)).toEqual([first.release, second.release])
})

test.each([
  ['a syntax error', 'select 1\n  fromm customer', 'syntax error at or near "customer"', 4],
  ['an unknown column', 'select lasst_name from customer', 'column "lasst_name" does not exist', 3],
  ['a missing argument', 'select double()', 'does not exist', 3],
  ['an unknown function', 'select helper(n)', 'function helper(integer) does not exist', 3],
])(
  '%s is refused with the name, the file and the line, and nothing is applied',
  async (_, body, why, line) => {
    const broken = source('broken', body)
    const set = setFrom(source('fine', `select ${line}`), double, broken)
    const refusal = apply(set)
    await expect(refusal).rejects.toThrow(`the function broken (sql/broken.sql:${line}): `)
    await expect(refusal).rejects.toThrow(why)
    const { rows } = await client.query(
      "select proname from pg_proc where proname ~ '^(fine|broken)_'",
    )
    expect(rows).toEqual([])
  },
)

test('a syntax error in PL/pgSQL is refused as well', async () => {
  const text = `create or replace function broken() returns void language plpgsql as $$
begin
  delete fromm customer;
end $$;`
  const set = setFrom({ name: 'broken', text, file: 'sql/broken.sql' })
  await expect(apply(set)).rejects.toThrow(
    'PostgreSQL refuses the function broken (sql/broken.sql:3): syntax error at or near "fromm"',
  )
})
