import { newId } from '#kernel/id'
import type { TestApp } from '../../support/app.ts'
import { query } from '../../support/rows.ts'
import type { Person } from './command.ts'
import type { RuleWorld } from './world.ts'

const HOUR = 3_600_000

/** Nothing is left of the story before. */
export async function empty({ tenant, queue, wire: { connectionString } }: TestApp): Promise<void> {
  queue.loseEverything()
  const rows = await query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
    [],
    connectionString,
  )
  const deletes = rows.map(({ name }) => `delete from ${name} where tenant = '${tenant}'`)
  await query(
    ['begin', 'set local session_replication_role = replica', ...deletes, 'commit'].join(';'),
    [],
    connectionString,
  )
}

/** Customers whom the shop had before, each with its first event. Answers their ids. */
export async function bring(
  { app, prefix }: RuleWorld,
  people: readonly Person[],
): Promise<string[]> {
  const now = app.runtime.now()
  const rows = people.map(({ hours, status, verified, domain, locale, tier, color }, n) => {
    const at = new Date(now.getTime() - hours * HOUR)
    const email = `${prefix}-p${n}@${domain}`
    const metadata = { ...(tier && { tier }), ...(color && { color }) }
    const verified_at = verified && status !== 'guest' ? at : null
    const event = newId('event', now)
    return { id: newId('customer', at), event, email, status, verified_at, locale, metadata, at }
  })
  await query(
    `with row as (select * from jsonb_to_recordset($2) as r
        (id text, event text, email text, status text, verified_at timestamptz, locale text, metadata jsonb, at timestamptz)),
      made as (insert into customer (tenant, id, email, email_key, status, email_verified_at, locale, metadata, sequence, created_at, updated_at)
        select $1, id, email, email, status, verified_at, locale, metadata, 1, at, at from row)
    insert into event (tenant, id, customer_id, sequence, type, data, actor, at)
    select $1, event, id, 1, 'customer.created', '{}', '{"type":"system","id":"import"}', at from row`,
    [app.tenant, JSON.stringify(rows)],
    app.wire.connectionString,
  )
  return rows.map(({ id }) => id)
}
