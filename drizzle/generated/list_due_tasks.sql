create or replace function list_due_tasks_f818eb97(
  "p_tenant" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "task", "due_at" from "tick" where "tick"."tenant" = $1::text) answer (c0, c1)
$use_case$
