import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generatedSources } from '../../../dev/functions/generated.ts'
import { checkBodies } from '../../../dev/sql/check.ts'
import { readSources, type Source } from '../../../dev/sql/source.ts'
import { freshDatabase } from '../../support/database.ts'

let client: pg.Client

beforeAll(async () => {
  client = new pg.Client(await freshDatabase())
  await client.connect()
})
afterAll(() => client.end())

/** What is said of the files, of which some are others or new. */
async function mistakesOf(changed: readonly Source[]): Promise<string[]> {
  const files = changed.map(({ file }) => file)
  const others = [...readSources(), ...(await generatedSources())].filter(
    ({ file }) => !files.includes(file),
  )
  await client.query('begin')
  try {
    return (await checkBodies(client, [...others, ...changed])).map(({ message }) => message)
  } finally {
    await client.query('rollback')
  }
}

/** A file of ours with another text in the place of one. */
function withMistake(file: string, right: string, wrong: string): Source {
  const text = readSources().find((it) => it.file === file)?.text ?? ''
  expect(text).toContain(right)
  return { file, text: text.replace(right, () => wrong) }
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
    `if a_id is null then perform lock_email(a_tenant); end if;`,
    /^function lock_email\(text\) does not exist/,
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
    'delete from customer where id = a_id returning id, email into one; return next one.phone;',
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
    'a text that is executed',
    `execute 'select ' || a_id;`,
    /^nothing can check a text that is executed/,
  ],
]

test('the functions as they are have no mistake', async () => {
  expect(await mistakesOf([])).toEqual([])
})

describe('a mistake is refused with its line and what PostgreSQL says', () => {
  let said: string[] = []
  beforeAll(async () => {
    said = await mistakesOf(planted.map(([, statements], n) => wrongFunction(statements, n)))
  })
  test.each(planted.map(([title, , sentence], n) => [title, sentence, n] as const))(
    '%s',
    (_, sentence, n) => {
      const start = `${fileOf(n)}:7: `
      const mine = said
        .filter((line) => line.startsWith(start))
        .map((line) => line.slice(start.length))
      expect(mine).toEqual([
        typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
      ])
    },
  )
  test('and nothing else is', () => {
    expect(said.filter((line) => !line.startsWith(fileOf(0).slice(0, -5)))).toEqual([])
  })
})

const folder = 'src/db/function'

test('so is one in a function of ours', async () => {
  const said = await mistakesOf([
    withMistake(`${folder}/customer_row_document.sql`, 'it.first_name', 'it.frist_name'),
    withMistake(`${folder}/settle_try.sql`, 'delete from', 'delete fromm'),
    withMistake(`${folder}/tell.sql`, 'customer_summary(it)', 'customer_summary()'),
    withMistake(
      `${folder}/check_default_addresses.sql`,
      'array[new.customer_id]',
      'array[new.customer]',
    ),
    withMistake(`${folder}/merge_image.sql`, 'm.group_key', 'm.group'),
    withMistake(`${folder}/mirror_customer.sql`, 'new.tenant', 'new.shop'),
  ])
  expect(said.sort()).toEqual([
    `${folder}/check_default_addresses.sql:14: record "new" has no field "customer"`,
    `${folder}/customer_row_document.sql:10: record "it" has no field "frist_name"`,
    // It calls merge_image, which is planned as a part of it.
    `${folder}/merge_customers.sql:26: column m.group does not exist`,
    `${folder}/merge_image.sql:9: column m.group does not exist`,
    `${folder}/mirror_customer.sql:6: record "new" has no field "shop"`,
    `${folder}/settle_try.sql:8: syntax error at or near "fromm"`,
    expect.stringMatching(/\/tell\.sql:9: function customer_summary\(\) does not exist/),
  ])
})
