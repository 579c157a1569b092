import { join } from 'node:path'
import pg from 'pg'
import { readFunctionSet } from '../../dev/functions/function-set.ts'
import { root } from '../../dev/run.ts'
import { freshDatabase } from './database.ts'
import { readLists } from './lists.ts'

const set = readFunctionSet(join(root, 'drizzle', 'generated'))

/** The functions that others call by name, as they have them in the database: no list takes their place. */
export function calledByOthers(): ReadonlySet<string> {
  const called = new Set(set.functions.flatMap(({ calls }) => calls))
  return new Set(set.functions.filter(({ name }) => called.has(name)).map(({ own }) => own))
}

/** A database of the test's own that lacks the functions of use cases: all of them, or those of these names. */
export async function databaseWithout(
  isLacking: (name: string) => boolean = () => true,
): Promise<string> {
  const database = await freshDatabase()
  const client = new pg.Client(database)
  await client.connect()
  try {
    const names = Object.keys(await readLists())
      .filter((own) => !calledByOthers().has(own))
      .filter((own) => isLacking(own.replace(/_[0-9a-f]{8}$/, '')))
    const { rows } = await client.query<{ identity: string }>(
      'select oid::regprocedure::text as identity from pg_proc where proname = any($1)',
      [names],
    )
    for (const { identity } of rows) await client.query(`drop function ${identity}`)
  } finally {
    await client.end()
  }
  return database
}
