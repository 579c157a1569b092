create or replace function lease_clock_tasks_edb469da(
  "p_tasks" text[], "p_tenants" text[], "p_at" timestamp with time zone, "p_now" timestamp with time zone, "p_until" timestamp with time zone, "p_forgotten" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
insert into "tick" ("tenant", "task", "due_at", "leased_until", "told") select tenant, task, $3::timestamp with time zone, '-infinity', false from unnest($2::text[]) tenant, unnest($1::text[]) task on conflict do nothing;
delete from "tick" where ("tick"."tenant", "tick"."task") in ((select "tenant", "task" from "tick" where (("tick"."tenant" = any($2::text[])) and not ("tick"."task" = any($1::text[])) and "tick"."leased_until" < $6::timestamp with time zone) for update skip locked));
with answer (c0, c1, c2, c3) as (update "tick" set "leased_until" = $5::timestamp with time zone where ("tick"."tenant", "tick"."task") in ((select "tenant", "task" from "tick" where (("tick"."tenant" = any($2::text[])) and ("tick"."task" = any($1::text[])) and "tick"."due_at" <= $3::timestamp with time zone and "tick"."leased_until" <= $4::timestamp with time zone) for update skip locked)) returning "tenant", "task", "due_at", "told") select (select coalesce(json_agg(json_build_array(c0, c1, c2, c3)), '[]') from answer) as made
$use_case$
