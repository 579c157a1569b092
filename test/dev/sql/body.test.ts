import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generatedSources } from '../../../dev/functions/generated-sources.ts'
import { checkBodies } from '../../../dev/sql/check-function-bodies.ts'
import { readSqlSources, readTriggerSources, type Source } from '../../../dev/sql/source.ts'
import { freshDatabase } from '../../support/database.ts'

let client: pg.Client
let all: readonly Source[]

beforeAll(async () => {
  all = [...readTriggerSources(), ...readSqlSources(), ...(await generatedSources())]
  client = new pg.Client(await freshDatabase())
  await client.connect()
}, 120_000)
afterAll(() => client.end())

/** What is said of all functions with these among them. */
async function mistakesOf(added: readonly Source[]): Promise<string[]> {
  await client.query('begin')
  try {
    return (await checkBodies(client, [...all, ...added])).map(({ message }) => message)
  } finally {
    await client.query('rollback')
  }
}

const fileOf = (n: number) => `src/core/customer/sql/wrong_${n}.sql`
const wrongFunction = (statements: string, n: number): Source => ({
  file: fileOf(n),
  text: `-- Is wrong.
create or replace function wrong_${n}(a_tenant text, a_id text) returns setof text
language plpgsql volatile as $$
declare
  it customer; one record; n int; words text[]; email text;
begin
  ${statements}
end $$;
`,
})

const planted: readonly [title: string, statements: string, said: string | RegExp][] = [
  [
    'a column in a nested query',
    `select count(*) into n from customer c where exists (select from address a where a.custmer_id = c.id);`,
    'column a.custmer_id does not exist (Perhaps you meant to reference the column "a.customer_id".)',
  ],
  [
    'a call with an argument too few',
    `if a_id is null then perform lock_customers(a_tenant); end if;`,
    /^function lock_customers\(text\) does not exist/,
  ],
  [
    'an unknown function',
    'n := cardinalty(words);',
    /^function cardinalty\(text\[\]\) does not exist/,
  ],
  ['a misspelt keyword', 'delete fromm customer;', 'syntax error at or near "fromm"'],
  [
    'an unknown table',
    `insert into adress (id) values (a_id);`,
    'relation "adress" does not exist',
  ],
  [
    'another type in a comparison',
    'loop exit when n = a_id; end loop;',
    /^operator does not exist: integer = text/,
  ],
  ['a field that a row has not', 'return next it.nickname;', 'record "it" has no field "nickname"'],
  ['a field to write to', `it.nickname := 'a';`, 'record "it" has no field "nickname"'],
  [
    'a field of a record that a query filled',
    'for one in select id from customer loop return next one.email; end loop;',
    'record "one" has no field "email"',
  ],
  [
    'a record that a change filled',
    'delete from customer where id = a_id returning id, locale into one; return next one.phone;',
    'record "one" has no field "phone"',
  ],
  ['a record that nothing fills', 'return next one.id;', 'record "one" is not assigned yet'],
  [
    'a name that is a variable and a column',
    'select count(*) into n from customer where email = a_id;',
    'column reference "email" is ambiguous',
  ],
  [
    'rows that it does not return',
    'return query select version from customer;',
    'structure of query does not match function result type',
  ],
  ['a value that no type has', `n := 'one'::int;`, 'invalid input syntax for type integer: "one"'],
  [
    'a case',
    `case a_id when 1 then null; else null; end case;`,
    /^operator does not exist: text = integer/,
  ],
  [
    'a statement inside a handler',
    'begin null; exception when others then perform nothing(); end;',
    /^function nothing\(\)/,
  ],
  [
    'what is raised',
    `raise exception using errcode = 'CU001', message = a_text;`,
    'column "a_text" does not exist',
  ],
  [
    'a code of no refusal',
    `perform refuse('email_takn', a_id);`,
    `refuse('email_takn'): there is no such code in src/kernel/error.ts`,
  ],
  [
    'one of several codes',
    `perform refuse(case when a_id is null then 'job_done' when n > 1 then 'nothing' end);`,
    `refuse('nothing'): there is no such code in src/kernel/error.ts`,
  ],
  [
    'a column that no variable takes',
    'select c.phone, c.locale into n from customer c where c.id = a_id;',
    '2 columns for 1 variables',
  ],
  [
    'a statement with a comment at its end',
    'perform lock_emial(a_tenant, a_id) -- of everyone\n  ;',
    /^function lock_emial\(text, text\) does not exist/,
  ],
  [
    'a text that is executed',
    `execute 'select ' || a_id;`,
    /^nothing can check a text that is executed/,
  ],
]

/** The second table has no such column; what is wrong in the fifth line is wrong for both. */
const trigger = {
  file: 'src/core/customer/sql/wrong_trigger.sql',
  text: `-- Is wrong.
create or replace function wrong_trigger() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'customer' and new.email_key = '' then return null; end if;
  if new.custmer is null then return old; end if;
  return new;
end $$;
create trigger wrong before update on customer for each row execute function wrong_trigger();
create trigger wrong before update on address for each row execute function wrong_trigger();
`,
}
const uncalled = {
  file: 'src/core/customer/sql/uncalled.sql',
  text: 'create or replace function uncalled() returns trigger language plpgsql as $$ begin return new; end $$;',
}
const inSql = {
  file: 'src/core/customer/sql/in_sql.sql',
  text: `-- Is wrong.
create or replace function in_sql(it customer) returns text
language sql stable as $$
  select (select m.group from membership m where m.customer_id = it.id)
$$;`,
}

/** Not a mistake. */
const dynamic = {
  file: 'src/core/customer/sql/dynamic.sql',
  text: `create or replace function dynamic(a_name text) returns void language plpgsql as $$
begin
  -- Dynamic: the name of a table is no parameter.
  execute format('analyze %I', a_name);
end $$;
`,
}

let said: string[] = []
beforeAll(async () => {
  const added = planted.map(([, statements], n) => wrongFunction(statements, n))
  said = await mistakesOf([...added, trigger, uncalled, inSql, dynamic])
}, 120_000)

describe('a mistake is refused with its line and what PostgreSQL says', () => {
  test.each(planted.map(([title, , sentence], n) => [title, sentence, n] as const))(
    '%s',
    (_, sentence, n) => {
      const start = `${fileOf(n)}:7: `
      const mine = said.filter((one) => one.startsWith(start)).map((one) => one.slice(start.length))
      expect(mine).toEqual([
        typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
      ])
    },
  )
})

test('so is one in a trigger, of any of its tables', () => {
  expect(said).toContain(`${trigger.file}:5: record "new" has no field "custmer"`)
  expect(said).toContain(`${uncalled.file}:1: no trigger calls this function`)
})

test('so is one in the language SQL', () => {
  expect(said).toContain(`${inSql.file}:4: column m.group does not exist`)
})

test('the functions that there are have none', () => {
  const added = said.filter((one) => one.startsWith('src/core/customer/sql/'))
  expect(said).toEqual(added)
  expect(added).toHaveLength(planted.length + 3)
})

test('a function that cannot be made is refused before any body', async () => {
  const file = 'src/core/customer/sql/unmade.sql'
  const text = `-- Is wrong.
create or replace function unmade(a_one nothing) returns int language sql as $$ select 1 $$;
`
  expect(await mistakesOf([{ file, text }])).toEqual([`${file}:2: type nothing does not exist`])
}, 60_000)
