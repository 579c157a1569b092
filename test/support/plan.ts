import type pg from 'pg'
import { withConnection } from '../../dev/with-connection.ts'

type Plan = Readonly<Record<string, unknown>> & { readonly Plans?: readonly Plan[] }

/** A function in SQL, as PostgreSQL keeps it. */
type SqlFunction = {
  readonly name: string
  readonly body: string
  readonly arguments: readonly string[]
  readonly types: readonly string[]
}

const CONDITIONS = ['Index Cond', 'Recheck Cond', 'Filter', 'Join Filter']

/**
 * Rows of a join are looked up one by one: what is known of one table would not be passed on to a hash of the other. The last setting
 * is one of the service's own.
 */
const LOOK_UPS = `set enable_hashjoin = off; set enable_mergejoin = off; set enable_seqscan = off; set enable_hashagg = off;
  set enable_material = off; set customer.feed_ends = '0'`

/** Does work that reads plans. */
export const withPlans = <T>(database: string, work: (client: pg.Client) => Promise<T>) =>
  withConnection(database, async (client) => {
    await client.query(LOOK_UPS)
    return work(client)
  })

/** The functions of a database in SQL, or one of them, that work for a tenant or for some. */
export async function sqlFunctions(client: pg.Client, name = '%'): Promise<SqlFunction[]> {
  const { rows } = await client.query<SqlFunction>(
    `select proname as name, prosrc as body, proargnames as arguments,
        array(select format_type(type, null) from unnest(proargtypes) type) as types
      from pg_proc join pg_language l on l.oid = prolang
      where pronamespace = 'public'::regnamespace and lanname = 'sql' and proname like $1
        and proargnames && '{p_tenant,p_tenants,a_tenant}'
      order by proname`,
    [name],
  )
  return rows
}

/** The tables whose rows belong to a tenant. */
export async function tablesOfTenants(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'
      and exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant')`,
  )
  return new Set(rows.map(({ name }) => name))
}

/**
 * The scans of a function that are not limited to a tenant, by the names of their tables, as PostgreSQL plans them for any values. A
 * condition that follows from others counts.
 */
export async function scansOfAnyTenant(
  client: pg.Client,
  { body, arguments: names, types }: SqlFunction,
  tables: ReadonlySet<string>,
): Promise<string[]> {
  const numbered = types.reduce(
    (text, type, n) =>
      text.replaceAll(new RegExp(`\\b${names[n]}\\b`, 'g'), `($${n + 1}::${type})`),
    body,
  )
  const found: string[] = []
  for (const statement of numbered.split(/;\s*$/m).filter((text) => text.trim() !== '')) {
    const { rows } = await client.query(`explain (generic_plan, format json) ${statement}`)
    for (const { Plan: plan } of rows[0]['QUERY PLAN']) found.push(...unlimited(plan, tables))
  }
  return found
}

function unlimited(plan: Plan, tables: ReadonlySet<string>): string[] {
  const below = (plan.Plans ?? []).flatMap((inner) => unlimited(inner, tables))
  const table = String(plan['Relation Name'] ?? '')
  if (!isScan(plan) || !tables.has(table)) return below
  const parts = (plan.Plans ?? []).filter((inner) => /^Bitmap/.test(String(inner['Node Type'])))
  const conditions = [plan, ...parts].flatMap((one) =>
    CONDITIONS.map((name) => String(one[name] ?? '')),
  )
  return conditions.some((text) => /\btenant\b/.test(text)) ? below : [...below, table]
}

/** A scan by places goes on with rows that a scan below it has found. */
const isScan = (plan: Plan): boolean =>
  /Scan$/.test(String(plan['Node Type'])) && plan['Node Type'] !== 'Tid Scan'
