import { withConnection } from '../../dev/with-connection.ts'

const ROLE = 'fenced'
const PASSWORD = 'fenced'

/**
 * Fails each statement of a use case for one tenant that reads, locks or writes a row of another one, also where the answer would be the
 * same. The conditions on a tenant come first: their operators leak nothing, so PostgreSQL takes them before a policy.
 * Returns how to log in as somebody to whom this applies.
 */
export async function fenceTenants(connectionString: string): Promise<string> {
  await withConnection(connectionString, async (client) => {
    await client.query(fence)
    const { rows } = await client.query<{ text: string }>(functionsOfOne)
    for (const { text } of rows) await client.query(withFence(text))
  })
  const url = new URL(connectionString)
  url.username = ROLE
  url.password = PASSWORD
  return url.href
}

/** Roles belong to the whole cluster, so another database may have made it. */
const fence = `
  do $$ begin
    create role ${ROLE} login password '${PASSWORD}' in role pg_signal_backend;
  exception when duplicate_object or unique_violation then null;
  end $$;
  grant all on all tables in schema public to ${ROLE};
  grant all on all sequences in schema public to ${ROLE};
  create function is_within_fence(their_tenant text, their_table regclass) returns boolean language plpgsql as $$
  declare own text := current_setting('fence.tenant', true);
  begin
    if own <> '' and their_tenant <> own then
      raise exception 'a use case of % meets a row of % in %', own, their_tenant, their_table;
    end if;
    return true;
  end $$;
  do $$ declare found record; begin
    for found in
      select oid::regclass as name from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r'
        and exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant')
    loop
      execute format('alter table %s enable row level security', found.name);
      execute format('create policy fence on %s using (is_within_fence(tenant, %L))', found.name, found.name);
    end loop;
  end $$;`

/**
 * The functions for one tenant. Those of the clock take a list of all tenants, and some of them read other rows first:
 * PostgreSQL does not know that a row is of the list because another row is.
 */
const functionsOfOne = `
  select pg_get_functiondef(oid) as text from pg_proc
    where pronamespace = 'public'::regnamespace and proargnames && '{p_tenant,a_tenant}'`

function withFence(text: string): string {
  const set = `set_config('fence.tenant', ${/\b[pa]_tenant\b/.exec(text)?.[0]}, true)`
  const changed = /language plpgsql/i.test(text)
    ? text.replace(/^begin$/m, `begin perform ${set};`)
    : text.replace(/^(AS \$\w*\$)/m, (begin) => `${begin} select ${set};`)
  if (changed === text) throw new Error(`where does this begin? ${text}`)
  return changed
}
