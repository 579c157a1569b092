create or replace function note_task_progress_06d66b0a(
  "p_tenant" text, "p_groupKey" text, "p_id" text, "p_after" text, "p_last" text, "p_count" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (update "group_task" set "after" = $5::text, "done" = "group_task"."done" + $6::int where (("group_task"."tenant" = $1::text and "group_task"."group_key" = $2::text and "group_task"."id" = $3::text) and "group_task"."after" = $4::text) returning "done") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
