import type { TestApp } from './app.ts'
import { query } from './rows.ts'

type Told = {
  readonly type: string
  readonly sequence: number
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly data: any
  readonly actor: { readonly type: string; readonly id: string }
}

/** What was told of a customer, in order. */
export const eventsOf = (app: TestApp, customerId: string): Promise<Told[]> =>
  query<Told>(
    `select type, sequence, data, actor from event where tenant = $1 and customer_id = $2 order by sequence`,
    [app.tenant, customerId],
  )

let people = 0

/** The id of a new customer. */
export async function someone(app: TestApp): Promise<string> {
  const { body } = await app.call('POST', '/customer', {
    body: { email: `member${++people}@example.com` },
  })
  return body.id
}

/** Many customers at once, without a word to anyone. Their ids, in order. */
export async function crowd(app: TestApp, size: number): Promise<string[]> {
  const run = ++people
  const rows = await query<{ id: string }>(
    `insert into customer (tenant, id, email, email_key, status, created_at, updated_at)
     select $1, id, 'crowd' || $2 || '-' || n || '@example.com', 'crowd' || $2 || '-' || n || '@example.com', 'active',
       id_moment(id), id_moment(id)
     from generate_series(1, $3::int) n, lateral (select 'cust_01m8' || lpad($2::text, 4, '0') || lpad(n::text, 18, '0') as id) made
     returning id`,
    [app.tenant, run, size],
  )
  return rows.map(({ id }) => id).sort()
}
