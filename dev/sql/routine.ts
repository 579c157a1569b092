import type pg from 'pg'
import { lineAt, type Source } from './source.ts'

/** A function as PostgreSQL knows it. Arguments are those it is called with; outputs are named columns of its result. */
export type Routine = {
  readonly oid: number
  readonly name: string
  readonly language: 'sql' | 'plpgsql'
  readonly body: string
  readonly definition: string
  readonly signature: { readonly arguments: string; readonly result: string }
  readonly arguments: readonly Argument[]
  /** How many of the last arguments may be left out. */
  readonly defaults: number
  readonly outputs: readonly Argument[]
  readonly result: Type
  readonly isSet: boolean
  readonly isTrigger: boolean
}

export type Argument = { readonly name: string; readonly type: Type }

/** `name` as SQL writes it. `table`: whose row it is, or whose rows for an array. */
export type Type = { readonly name: string; readonly table: string | null }

/** The functions of the sources, which stand in the schema `public` under their own names. */
export async function readDatabaseFunctions(client: pg.ClientBase): Promise<Routine[]> {
  const { rows } = await client.query<Routine>(`
    with met as (
      select p.oid, a.n, a.name, a.type, coalesce(a.mode, 'i') as mode
      from pg_proc p cross join lateral unnest(
        coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargnames, p.proargmodes) with ordinality a (type, name, mode, n)
      where p.pronamespace = 'public'::regnamespace
    ), kind as materialized (
      select type, pg_temp.type_of(type) as document from (
        select type from met union select prorettype from pg_proc where pronamespace = 'public'::regnamespace) each_once
    ), argument as (
      select oid, n, mode, jsonb_build_object('name', coalesce(name, ''), 'type', document) as document
      from met join kind using (type)
    )
    select p.oid::int, p.proname as name, l.lanname as language, p.prosrc as body, pg_get_functiondef(p.oid) as definition,
      jsonb_build_object('arguments', pg_get_function_arguments(p.oid), 'result', pg_get_function_result(p.oid)) as signature,
      array(select document from argument a where a.oid = p.oid and mode in ('i', 'b', 'v') order by n) as arguments,
      array(select document from argument a where a.oid = p.oid and mode in ('o', 'b', 't') order by n) as outputs,
      p.pronargdefaults::int as defaults, kind.document as result, p.proretset as "isSet", p.prorettype = 'trigger'::regtype as "isTrigger"
    from pg_proc p join pg_language l on l.oid = p.prolang join kind on kind.type = p.prorettype
    where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.proname not like '~%'
      and l.lanname in ('sql', 'plpgsql')
    order by p.proname`)
  return rows
}

/** Named by PostgreSQL, and the table whose row it is. */
export const createTypeDescriptionFunctionSql = `
  create or replace function pg_temp.type_of(a_type oid) returns jsonb language sql stable as $$
    select jsonb_build_object('name', format_type(t.oid, null), 'table', (
      select c.relname from pg_class c join pg_type row on row.oid = c.reltype
      where c.relkind = 'r' and row.oid in (t.oid, t.typelem)))
    from pg_type t where t.oid = a_type
  $$`

/** The file that holds a function, and the line on which its body opens; undefined when none of these does. */
export function sourceAndLineOfRoutine({ name, body }: Routine, sources: readonly Source[]) {
  const head = new RegExp(`\\bfunction\\s+"?${name}"?\\s*\\(`, 'i')
  const source = sources.find(({ text }) => text.includes(body) && head.test(text))
  return source && { source, line: lineAt(source, source.text.indexOf(body)) }
}

/** The tables whose triggers call a function, by its name; also of a trigger that was made with an older one of that name. */
export async function readTriggerTablesByFunction(
  client: pg.ClientBase,
): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ name: string; tables: string[] }>(`
    select ltrim(p.proname, '~') as name, array_agg(distinct c.relname::text) as tables
    from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal group by 1`)
  return new Map(rows.map(({ name, tables }) => [name, tables]))
}
