import pg from 'pg'
import { createTypeDescriptionFunctionSql } from './routine.ts'
import { lineAt, type Source } from './source.ts'

/** What PostgreSQL said of a place in a file. */
export class SqlMistake extends Error {}

// What the migrations made steps aside under another name: triggers and indexes keep it, and only the files are looked at.
const asideAll = `
  do $aside$ declare one regprocedure; name text; begin
    for one, name in select p.oid, p.proname from pg_proc p
      where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    loop execute format('alter function %s rename to %I', one, '~' || name); end loop;
  end $aside$`

/** Makes the functions of all files anew. They may call each other in any order: bodies are looked at when all are there. */
export async function applySources(
  client: pg.ClientBase,
  sources: readonly Source[],
): Promise<SqlMistake[]> {
  await client.query(
    `set local check_function_bodies = off; ${asideAll}; ${createTypeDescriptionFunctionSql}`,
  )
  if (
    !(await tryStatements(
      client,
      sources.map(({ text }) => text.trimEnd().replace(/;?$/, ';')).join('\n'),
    ))
  )
    return []
  const mistakes: SqlMistake[] = []
  for (const source of sources) {
    const error = await tryStatements(client, source.text)
    if (error) mistakes.push(mistakeOf(source, error))
  }
  return mistakes
}

const before = 'savepoint attempt; '

/** Runs statements that may fail, without an end of the transaction. */
export async function tryStatements(
  client: pg.ClientBase,
  text: string,
): Promise<pg.DatabaseError | undefined> {
  try {
    await client.query(`${before}${text}\n; release savepoint attempt`)
    return undefined
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    await client.query('rollback to savepoint attempt')
    return error
  }
}

/** PostgreSQL says where in the statement that it was given. */
function mistakeOf(source: Source, error: pg.DatabaseError): SqlMistake {
  return mistakeAt(
    source,
    lineAt(source, Math.max(0, Number(error.position ?? 1) - before.length - 1)),
    error,
  )
}

export function mistakeAt(
  { file }: Source,
  line: number,
  said: { message: string; hint?: string | undefined },
) {
  return new SqlMistake(`${file}:${line}: ${said.message}${said.hint ? ` (${said.hint})` : ''}`)
}
