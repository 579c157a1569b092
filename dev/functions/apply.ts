import pg from 'pg'
import type { FunctionSet } from './function-set.ts'
import type { NamedFunction } from './name.ts'

/** A body that PostgreSQL does not take: a mistake in the code, whatever the database holds. */
export class FunctionRefused extends Error {
  override name = 'FunctionRefused'
}

/**
 * Makes the functions that the database lacks, and notes that it has this set. Each comes after those it calls, so PostgreSQL can
 * look at every body: at its syntax, and in the language SQL at its names and types. Resolves with how many it made.
 */
export async function createMissingFunctions(
  client: pg.Client,
  { release, functions }: FunctionSet,
) {
  await client.query('set local check_function_bodies = on')
  const there = await namesOf(client, functions)
  const lacking = functions.filter(({ own }) => !there.has(own))
  for (const one of lacking) await create(client, one)
  await record(client, release, functions)
  return lacking.length
}

/** The functions that are there: a name carries a hash of the text, so the text is the same. */
async function namesOf(client: pg.Client, functions: readonly NamedFunction[]) {
  const { rows } = await client.query<{ proname: string }>(
    'select proname from pg_proc where pronamespace = current_schema()::regnamespace and proname = any($1)',
    [functions.map(({ own }) => own)],
  )
  return new Set(rows.map(({ proname }) => proname))
}

async function create(client: pg.Client, { name, file, text }: NamedFunction): Promise<void> {
  await client.query(text).catch((cause: unknown) => {
    if (!(cause instanceof pg.DatabaseError)) throw cause
    const before = cause.position === undefined ? undefined : text.slice(0, Number(cause.position))
    const place = before === undefined ? file : `${file}:${before.split('\n').length}`
    throw new FunctionRefused(
      `PostgreSQL refuses the function ${name} (${place}): ${cause.message}`,
    )
  })
}

/** A set that is applied once more after another one is the newest again. */
async function record(client: pg.Client, release: string, functions: readonly NamedFunction[]) {
  await client.query(
    `insert into release (id, functions, applied_at) values ($1, $2, clock_timestamp())
     on conflict (id) do update set functions = excluded.functions, applied_at = excluded.applied_at
       where exists (select from release other where other.applied_at > release.applied_at)`,
    [release, functions.map(({ own }) => own)],
  )
}
