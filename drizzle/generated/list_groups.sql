create or replace function list_groups_72010b5c(
  "p_tenant" text, "p_after" text, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10)), '[]') as made from (select "key", "name", "description", "metadata", "rule", "allow_shopper_values", case when ((select bool_or("finished_at" is null) from "group_task" where ("group_task"."tenant" = "group"."tenant" and "group_task"."group_key" = "group"."key"))) then 'running' else 'ready' end, ((select coalesce(sum("done"), 0)::int from "group_task" where ("group_task"."tenant" = "group"."tenant" and "group_task"."group_key" = "group"."key"))), ((select case when bool_or("total" is null) then null else coalesce(sum("total"), 0)::int end from "group_task" where ("group_task"."tenant" = "group"."tenant" and "group_task"."group_key" = "group"."key"))), "created_at", "updated_at" from "group" where (("group"."tenant" = $1::text and "group"."dissolved_at" is null) and "group"."key" > $2::text) order by "group"."key" limit $3::int) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10)
$use_case$
