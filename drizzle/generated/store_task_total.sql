create or replace function store_task_total_adcd6072(
  "p_tenant" text, "p_groupKey" text, "p_id" text, "p_isHeld" boolean
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "group_task" set "total" = case when $4::boolean then ((select count(*)::int from "membership" where ("membership"."tenant" = $1::text and "membership"."group_key" = $2::text and "membership"."by_rule" = true))) else ((select count(*)::int from "list_entry" where ("list_entry"."tenant" = $1::text and "list_entry"."listed" = true))) end where ("group_task"."tenant" = $1::text and "group_task"."group_key" = $2::text and "group_task"."id" = $3::text);
select '[]'::json as made
$use_case$
