import { expect, test } from 'vitest'
import { accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { type AccountSample, accountSamplesOf } from '../support/account-sample.ts'
import { startTestApp } from '../support/app.ts'
import { analyzedDatabase } from '../support/database.ts'
import { addressOf, samples } from '../support/sample.ts'
import { sql } from '../support/sql.ts'

/**
 * What is empty for most of the time, is found so by autovacuum, and grows within a minute. (The checks of foreign keys have plans of
 * PostgreSQL's own, which no setting of a function reaches.)
 */
const growing = new Set<unknown>([
  ...['job', 'event', 'delivery', 'idempotency', 'mail', 'mail_token'],
  ...['rule_moment', 'group_task'],
])

// With one session, the plans that were made for empty tables are those that the later requests use.
const app = await startTestApp({ database: await analyzedDatabase(), sessions: 1 })
const keys = Object.keys(accessByRoute) as RouteKey[]

// Which transaction wrote which entry of lists.
await app.db.run([
  sql`create table entry_write (tx xid8 default pg_current_xact_id(), id text)`,
  sql`create function note_entry_write() returns trigger language plpgsql as $$
    begin insert into entry_write (id) values (coalesce(new.id, old.id)); return null; end $$`,
  sql`create trigger entry_is_written after insert or update or delete on list_entry
    for each row execute function note_entry_write()`,
])

/** How often each table was scanned, by the session that asks. */
async function scans(): Promise<ReadonlyMap<unknown, unknown>> {
  await app.db.run([sql`select pg_stat_force_next_flush()`])
  const [rows = []] = await app.db.run([
    sql`select relname, seq_scan::int as scans from pg_stat_user_tables`,
  ])
  return new Map(
    rows
      .filter(({ relname }) => growing.has(relname))
      .map(({ relname, scans }) => [relname, scans]),
  )
}

/** The tables that were scanned while something was done. */
async function scannedBy(work: () => Promise<unknown>): Promise<unknown[]> {
  const before = await scans()
  await work()
  return [...(await scans())]
    .filter(([table, count]) => before.get(table) !== count)
    .map(([it]) => it)
}

test('no route scans a table because it was empty when the plan was made', async () => {
  const found: Record<string, unknown> = {}
  for (const key of keys) {
    const sample = await samples[key]?.(app)
    if (sample === undefined) continue
    const headers = { 'Idempotency-Key': key.replaceAll(' ', '-') }
    found[key] = await scannedBy(() =>
      app.call(...addressOf(key, sample), {
        body: sample.body,
        ...(accessByRoute[key].keyed ? { headers } : {}),
      }),
    )
  }
  for (const [key, make] of Object.entries(accountSamplesOf(app)) as [
    RouteKey,
    () => Promise<AccountSample>,
  ][]) {
    const { status, ids = [], query, token, body, form, headers = {} } = await make()
    const [method, path] = addressOf(key, { status, ids, query })
    found[key] = await scannedBy(() =>
      form === undefined
        ? app.call(method, path, { token, body })
        : app.request(path, { method, body: new URLSearchParams(form), headers }),
    )
  }
  expect(
    Object.fromEntries(Object.entries(found).filter(([, tables]) => `${tables}` !== '')),
  ).toEqual({})
})

test('nor does the queue', async () => {
  expect(await scannedBy(() => app.drain())).toEqual([])
})

test('and no commit writes the entry of a customer twice', async () => {
  const [[row] = []] = await app.db.run([
    sql`select count(*)::int as writes, count(distinct (tx, id))::int as once, count(distinct id)::int as customers from entry_write`,
  ])
  expect(row?.writes).toBe(row?.once)
  expect(Number(row?.writes)).toBeGreaterThan(Number(row?.customers))
})
