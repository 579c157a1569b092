-- The most rules of a tenant that read each other one after the other, counted up to 20.
-- SQL by hand: Drizzle builds no recursive query.
-- May be null: nothing.
-- Never null.
create or replace function rule_depth_743e5bd9(a_tenant text) returns int
language sql stable as $$
  with recursive chain (key, depth) as (
    select g.key, 1 from "group" g where g.tenant = a_tenant and g.rule is not null
    union
    select g.key, c.depth + 1 from chain c
      join "group" g on g.tenant = a_tenant and g.rule is not null and c.key = any(g.rule_reads)
      where c.depth < 20
  )
  select coalesce(max(depth), 0) from chain
$$;
