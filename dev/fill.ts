import { join } from 'node:path'
import pg from 'pg'
import { firstNames, lastNames } from './fill/names.ts'
import {
  fillCustomers,
  fillEvents,
  fillFindKeys,
  fillGroups,
  fillListEntries,
} from './fill/statement.ts'
import { readFunctionSet } from './functions/function-set.ts'
import { renameFunctions } from './functions/name.ts'
import { root } from './run.ts'

type Fill = {
  readonly connectionString: string
  readonly tenant: string
  readonly customers: number
  readonly currency?: string
  /** Milliseconds since 1970; the customers came in the four years before. */
  readonly now?: number
  readonly progress?: (done: number) => void
}

const BATCH = 50_000

/**
 * Fills a tenant with customers of a realistic skew: a few who buy much and most who buy nothing, common and rare names, groups,
 * countries and states, their addresses, memberships, orders and events. The same call gives the same customers. Constraints that
 * span tables are not checked, which takes a superuser: a database that was made for this.
 */
export async function fillTenant({ connectionString, tenant, customers: count, ...options }: Fill) {
  const { currency = 'USD', now = Date.now(), progress } = options
  const names = [JSON.stringify(firstNames()), JSON.stringify(lastNames())]
  const client = new pg.Client(connectionString)
  await client.connect()
  try {
    await client.query(`set session_replication_role = replica; set jit = off`)
    // Of the triggers only that of names runs: what it writes depends on what the dictionary has.
    await client.query('alter table customer enable always trigger name_is_written')
    await client.query(fillGroups, [tenant])
    for (let from = 1; from <= count; from += BATCH) {
      const to = Math.min(from + BATCH - 1, count)
      await client.query('begin')
      await client.query('select setseed($1)', [(from % 1000) / 1000])
      await client.query(fillCustomers, [tenant, from, to, count, now, ...names, currency])
      await client.query('commit')
      progress?.(to)
    }
    for (const statement of [fillListEntries, fillFindKeys]) await client.query(statement, [tenant])
    await client.query(withReleaseFunctionNames(fillEvents), [tenant, currency])
    await client.query(
      'vacuum (analyze) customer, list_entry, find_key, address, membership, "order", event, name_word, name_spelling',
    )
    await client.query('alter table customer enable trigger name_is_written')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

/** With the names that the functions have in the database. */
export function withReleaseFunctionNames(statement: string): string {
  const { functions } = readFunctionSet(join(root, 'drizzle', 'generated'))
  return renameFunctions(statement, new Map(functions.map(({ name, own }) => [name, own])))
}
