import { query } from './rows.ts'

/** A failed try that was taken back leaves a row that counts nothing. */
const counted = (table: string): string => (table === 'failure' ? ' and count > 0' : '')

/** All that the database holds of a tenant, by table: one text for all rows. */
export async function rowsOf(tenant: string): Promise<Readonly<Record<string, string>>> {
  const tables = await query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'tenant' order by 1`,
  )
  const all = tables.map(
    ({ name }) =>
      `select '${name}' as name, coalesce(md5(string_agg(t::text, ' ' order by t::text)), '') as rows from "${name}" t where tenant = $1${counted(name)}`,
  )
  const found = await query<{ name: string; rows: string }>(all.join(' union all '), [tenant])
  return Object.fromEntries(found.map(({ name, rows }) => [name, rows]))
}
