import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { type Forms, formsIn } from './form.ts'

/** Where a form stands, and how many rows have one. */
export type Found = { readonly place: string; readonly form: string }

const TYPES =
  /^(text|character|json|jsonb|bytea|inet|cidr|ARRAY|USER-DEFINED|tsvector|name|citext|xml)/

/** The columns of all tables that can hold a text. */
async function columnsOf(client: pg.Client) {
  const { rows } = await client.query<{ table: string; column: string; type: string }>(
    `select format('%I.%I', c.table_schema, c.table_name) as table, c.column_name as column, c.data_type as type
      from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema not in ('pg_catalog', 'information_schema') and t.table_type = 'BASE TABLE' order by 1, 2`,
  )
  return rows.filter(({ type }) => TYPES.test(type))
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Searches every column of every table. Bytes are read as Latin-1 text. */
export async function searchTables(client: pg.Client, forms: Forms): Promise<Found[]> {
  const found: Found[] = []
  for (const { table, column, type } of await columnsOf(client)) {
    const text =
      type === 'bytea' ? `encode(${quoted(column)}, 'escape')` : `${quoted(column)}::text`
    const { rows } = await client.query<{ form: string }>(
      `select distinct form from (select ${text} as value from ${table}) v
        cross join lateral (
          select form from unnest($1::text[]) form where strpos(lower(value), form) > 0
          union all select form from unnest($2::text[]) form where strpos(value, form) > 0) f`,
      [forms.folded, forms.exact],
    )
    found.push(
      ...rows.map(({ form }) => ({
        place: `${table.replace(/^public\./, '').replaceAll('"', '')}.${column}`,
        form,
      })),
    )
  }
  return found
}

/** Searches what the planner remembers of columns. */
export async function searchStatistics(client: pg.Client, forms: Forms): Promise<Found[]> {
  const { rows } = await client.query<Found>(
    `select s.tablename || '.' || s.attname as place, form from pg_stats s
      cross join lateral (select concat(s.most_common_vals::text, s.histogram_bounds::text, s.most_common_elems::text) as value) v
      cross join lateral (
        select form from unnest($1::text[]) form where strpos(lower(value), form) > 0
        union all select form from unnest($2::text[]) form where strpos(value, form) > 0) f
      where s.schemaname not in ('pg_catalog', 'information_schema')`,
    [forms.folded, forms.exact],
  )
  return rows
}

/** Searches a dump of all tables, as COPY writes it into files of the server's machine, which is this one. */
export async function searchDump(client: pg.Client, forms: Forms): Promise<Found[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dump-'))
  await chmod(folder, 0o777)
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const found: Found[] = []
    for (const { name } of tables) {
      const file = join(folder, `${name.replaceAll('"', '')}.txt`)
      await client.query(`copy ${name} to ${client.escapeLiteral(file)}`)
      const text = await readFile(file, 'utf8')
      found.push(...formsIn(text, forms).map((form) => ({ place: `dump of ${name}`, form })))
    }
    return found
  } finally {
    await rm(folder, { recursive: true })
  }
}
