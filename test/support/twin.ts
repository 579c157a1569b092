import pg from 'pg'
import { withConnection } from '../../dev/with-connection.ts'

type Row = Readonly<Record<string, unknown>>
/** The rows of a database, by table. */
type Rows = ReadonlyMap<string, readonly Row[]>

/** A tenant with the rows of another one at any moment, also within a transaction. */
const TWIN = 'a-twin-'

type Values = Readonly<Record<string, Readonly<Record<string, string>>>>

const ACCOUNTS = `('unverified', 'active', 'disabled')`
const OVER = `'2000-01-01'`

/**
 * Tenants with the rows that another one will have at its end: one as they are, the others in a state in which a statement that read
 * them would refuse or answer otherwise. Each value is an expression.
 */
const worlds: Readonly<Record<string, Values>> = {
  'later-': {},
  'ended-': {
    customer: { status: `'erased'`, version: '1000000', sequence: '1000000' },
    list_entry: { status: `'erased'` },
    address: { version: '1000000' },
    group: { dissolved_at: 'now()', version: '1000000' },
    webhook: { status: `'deleted'`, version: '1000000' },
    membership: { expires_at: OVER },
    session: { expires_at: OVER },
    session_token: { expires_at: OVER },
    mail_token: { expires_at: OVER },
    attempt: { expires_at: OVER },
    dead_letter: { replayed_at: 'now()' },
    delivery: { status: `'pending'`, next_attempt_at: OVER },
    email_change: { confirmed_at: 'now()', undo_until: OVER },
    merge: { state: `'undone'` },
  },
  'merged-': {
    customer: { status: `'merged'`, merged_into: `'nobody'`, password_hash: 'null' },
    list_entry: { status: `'merged'` },
    webhook: { status: `'disabled'` },
    email_change: { customer_id: `'not-' || customer_id` },
    session: { customer_id: `'not-' || customer_id` },
    mail_token: { subject: `'not-' || subject` },
  },
  'guest-': {
    customer: {
      status: `case when status in ${ACCOUNTS} then 'guest' else 'erased' end`,
      email_verified_at: 'null',
      password_hash: 'null',
    },
    list_entry: {
      status: `case when status in ${ACCOUNTS} then 'guest' else 'erased' end`,
      email_verified: 'false',
    },
    address: { customer_id: `'not-' || customer_id` },
    email_change: { confirmed_at: 'null', undo_until: 'null' },
    order: { customer_id: `'not-' || customer_id` },
  },
  'disabled-': {
    customer: { status: `case when status in ${ACCOUNTS} then 'disabled' else status end` },
    list_entry: { status: `case when status in ${ACCOUNTS} then 'disabled' else status end` },
    order: { version: '1000000' },
    failure: { blocked_until: `'3000-01-01'` },
    quota: { count: '1000000' },
  },
}

const PREFIXES = [TWIN, ...Object.keys(worlds)]

/** So many more addresses that a customer of the scenario has too many. */
const CROWD = 5

/** Whether a row is a twin's, which no use case of another tenant may read or write. */
export const isTwins = ({ tenant }: Row): boolean =>
  PREFIXES.some((prefix) => String(tenant).startsWith(prefix))

/** Columns in which a twin differs: who reads the twin's row in the place of its own notices. */
const differing: Readonly<Record<string, string>> = {
  version: '+ 1000',
  sequence: '+ 1000',
}

/**
 * Gives every tenant of a database a twin: a tenant in which each key, id, address and name is the same. It follows each change at
 * once. A statement that writes the twin's rows fails.
 */
export async function addTwins(connectionString: string): Promise<void> {
  await withConnection(connectionString, async (client) => {
    await leaveTwinsToTheirTenants(client)
    for (const table of await tablesOf(client)) await client.query(followerOf(table))
  })
}

/** All rows that a tenant may have, as they are now. */
export const keepRows = (connectionString: string): Promise<Rows> =>
  withConnection(connectionString, async (client) => {
    const found = new Map<string, readonly Row[]>()
    for (const { name } of await tablesOf(client)) {
      const { rows } = await client.query<{ row: Row }>(
        `select to_jsonb(t) as row from ${quoted(name)} t`,
      )
      found.set(
        name,
        rows.map(({ row }) => row),
      )
    }
    return found
  })

/**
 * Adds the rows of a tenant that did, in another database, what a tenant of this one is going to do: they have the addresses, keys and
 * names of all that is still to come, in each of the `worlds`. In one of them, everybody has more addresses than allowed.
 */
export async function addLaterRows(
  connectionString: string,
  rows: Rows,
  { was, is }: { readonly was: string; readonly is: string },
): Promise<void> {
  await withConnection(connectionString, async (client) => {
    await client.query(`set session_replication_role = replica`)
    for (const { name, columns } of await tablesOf(client)) {
      const theirs = (rows.get(name) ?? []).filter(({ tenant }) => tenant === was)
      const renamed = JSON.stringify(theirs).replaceAll(was, is)
      const from = `jsonb_populate_recordset(null::${quoted(name)}, $1)`
      const insert = `insert into ${quoted(name)} (${columns.map(quoted)})`
      for (const [prefix, values] of Object.entries(worlds)) {
        const list = columns.map((column) =>
          column === 'tenant' ? '$2 || tenant' : (values[name]?.[column] ?? quoted(column)),
        )
        await client.query(`${insert} select ${list} from ${from}`, [renamed, prefix])
      }
      if (name !== 'address') continue
      const another: Readonly<Record<string, string>> = {
        tenant: '$2 || tenant',
        id: `id || '-' || n`,
        sameness: `sameness || n`,
      }
      const crowd = columns.map((column) => another[column] ?? quoted(column))
      await client.query(
        `${insert} select ${crowd} from ${from} cross join generate_series(1, ${CROWD}) n`,
        [renamed, 'disabled-'],
      )
    }
  })
}

type Table = {
  readonly name: string
  /** Those that are written. */
  readonly columns: readonly string[]
  readonly key: readonly string[]
}

async function tablesOf(client: pg.Client): Promise<readonly Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name,
        array(select attname::text from pg_attribute
          where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
        array(select attname::text from pg_attribute where attrelid = c.oid and attnum = any(i.indkey) order by attnum) as key
      from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
      where c.relnamespace = 'public'::regnamespace
        and exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant')
      order by c.relname`,
  )
  return rows
}

/** What a trigger does for a tenant, it does not do for its twin again. */
async function leaveTwinsToTheirTenants(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ text: string }>(
    `select pg_get_functiondef(oid) as text from pg_proc
      where prorettype = 'trigger'::regtype and pronamespace = 'public'::regnamespace`,
  )
  for (const { text } of rows) {
    const changed = text.replace(
      /^begin$/m,
      `begin if ${isTwin} then return coalesce(new, old); end if;`,
    )
    if (changed === text) throw new Error(`where does this begin? ${text}`)
    await client.query(changed)
  }
}

const isTwin = PREFIXES.map(
  (prefix) => `starts_with(coalesce(new.tenant, old.tenant), '${prefix}')`,
).join(' or ')

const quoted = (name: string): string => pg.escapeIdentifier(name)

/** The trigger of a table. It fires first: a twin is there before its parts. */
function followerOf({ name, columns, key }: Table): string {
  const value = (column: string, row: 'new' | 'old' = 'new') =>
    column === 'tenant'
      ? `'${TWIN}' || ${row}.tenant`
      : `${row}.${quoted(column)} ${differing[column] ?? ''}`
  const isIt = key.map((column) => `t.${quoted(column)} = ${value(column, 'old')}`).join(' and ')
  const set = columns.map((column) => `${quoted(column)} = ${value(column)}`)
  const table = quoted(name)
  const follower = quoted(`twin_of_${name}`)
  return `
    create function ${follower}() returns trigger language plpgsql security definer as $$ begin
      if ${isTwin} then
        if current_setting('twin.follows', true) is distinct from 'on' then
          raise exception 'another tenant writes a twin: % of %', tg_op, tg_table_name;
        end if;
        return null;
      end if;
      perform set_config('twin.follows', 'on', true);
      if tg_op = 'INSERT' then
        insert into ${table} (${columns.map(quoted)}) values (${columns.map((column) => value(column))});
      elsif tg_op = 'UPDATE' then
        update ${table} t set ${set} where ${isIt};
      else
        delete from ${table} t where ${isIt};
      end if;
      perform set_config('twin.follows', 'off', true);
      return null;
    end $$;
    create trigger "!twin" after insert or update or delete on ${table}
      for each row execute function ${follower}();`
}
