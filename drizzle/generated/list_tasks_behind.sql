create or replace function list_tasks_behind_64bf14d4(
  "p_tenants" text[], "p_before" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "task", min("due_at") from "tick" where (("tick"."tenant" = any($1::text[])) and "tick"."due_at" < $2::timestamp with time zone) group by "tick"."task" order by "tick"."task") answer (c0, c1)
$use_case$
