import { sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { compile } from '../../../src/db/compile.ts'

test('a statement is written as Drizzle writes it: texts as they are, values as parameters in their order', () => {
  const inner = sql`select ${1} as ${sql.identifier('odd "name"')} where ${sql.raw("x = '?$1'")}`
  const tests = sql.join(
    [sql`a = ${'b'}`, sql`c = any(${sql.param(['d', 'e'])}::text[])`],
    sql` and `,
  )
  const statement = sql`${inner} or ${null} is ${true} and ${tests}${sql``}${sql.param(null)}${'end'}`
  const { sql: text, params } = new PgDialect().sqlToQuery(statement)
  expect(compile(statement)).toEqual({ text, params })
  expect(params).toEqual([1, null, true, 'b', ['d', 'e'], null, 'end'])
})
