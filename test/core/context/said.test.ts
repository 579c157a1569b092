import pg from 'pg'
import { expect, test } from 'vitest'
import { connectDatabase } from '#db/database'
import { StatementRejected } from '#db/database-error'
import { errorFields } from '#kernel/log'
import { emptyDatabase } from '../../support/database.ts'
import { readLists } from '../../support/lists.ts'
import { startTestWire } from '../../support/wire.ts'

const SECRET = 'ada@example.com'
const wire = await startTestWire({ connectionString: await emptyDatabase() })

const client = new pg.Client(wire.connectionString)
await client.connect()
await client.query(`
  set check_function_bodies = off;
  create table thing (size int not null, name text unique);
  create function find_size_0123abcd(p_text text) returns int language plpgsql as
    $$ begin return p_text::int; end $$;
  create function add_thing_89abcdef(p_text text) returns json language sql volatile as
    $$ select 1; insert into thing select find_size_0123abcd(p_text), p_text; select '[]'::json $$;
  create function find_thing_0a0b0c0d(p_text text) returns json language sql volatile as
    $$ select to_json(nmae) from thing where name = p_text $$`)
await client.end()

/** What the caller of a failed statement gets, and what the log has of it. */
async function failureOf(text: string, options?: { readonly development: boolean }) {
  const db = connectDatabase(wire.connectionString, {
    endpoint: wire.endpoint,
    lists: readLists,
    ...options,
  })
  const error: unknown = await db.run([{ text, values: [SECRET] }]).catch((cause) => cause)
  if (!(error instanceof StatementRejected)) throw error
  return { said: error.said, line: JSON.stringify({ ...errorFields(error), text: error.message }) }
}
const development = { development: true }

test('in development an error names the use case, the statement and the function in it, in the words of PostgreSQL', async () => {
  const { said, line } = await failureOf('select add_thing_89abcdef($1) as made', development)
  expect(said).toBe(
    `add_thing statement 2 → find_size line 1: invalid input syntax for type integer: "${SECRET}" [22P02]`,
  )
  expect(line).toContain('add_thing statement 2')
})

test('also one that a function has before it runs, with the hint', async () => {
  const { said } = await failureOf('select find_thing_0a0b0c0d($1) as made', development)
  expect(said).toBe(
    'find_thing: column "nmae" does not exist (Perhaps you meant to reference the column "thing.name".) [42703]',
  )
})

test('and one of a statement that calls none', async () => {
  const { said } = await failureOf('select sise from thing where name = $1', development)
  expect(said).toMatch(/^a statement: column "sise" does not exist/)
})

test.each([undefined, { development: false }])('in production it stays unsaid', async (options) => {
  for (const text of ['select add_thing_89abcdef($1) as made', 'select $1::int']) {
    const { said, line } = await failureOf(text, options)
    expect(said).toBeUndefined()
    expect(line).toContain('database 22P02')
    expect(line).not.toContain(SECRET)
    expect(line).not.toContain('invalid input')
  }
})
