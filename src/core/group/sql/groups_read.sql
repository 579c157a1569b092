-- The groups that a rule reads: those that it names, and those that their rules read, and so on.
-- SQL by hand: Drizzle builds no recursive query.
-- Never null.
create or replace function groups_read(a_tenant text, a_named text[]) returns text[]
language sql stable as $$
  with recursive read_group (key) as (
    select unnest(a_named)
    union
    select unnest(g.rule_reads) from read_group r join "group" g on g.tenant = a_tenant and g.key = r.key
  )
  select coalesce(array_agg(key order by key collate "C"), '{}') from read_group
$$;
