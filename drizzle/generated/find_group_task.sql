create or replace function find_group_task_72b81d4b(
  "p_tenant" text, "p_job" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8)), '[]') as made from (select "group_task"."group_key", "group_task"."id", "group_task"."kind", "group_task"."filter", "group_task"."started_at", "group_task"."after", "group_task"."total", "group"."rule_number", "group"."rule" is not null from "job" inner join "group_task" on ("group_task"."tenant" = "job"."tenant" and "group_task"."group_key" = "job"."payload" ->> 'group' and "group_task"."id" = "job"."payload" ->> 'task' and "group_task"."finished_at" is null) inner join "group" on ("group"."tenant" = "group_task"."tenant" and "group"."key" = "group_task"."group_key" and "group"."dissolved_at" is null and "group_task"."rule_number" in (0, "group"."rule_number")) where ("job"."tenant" = $1::text and "job"."id" = $2::text)) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8)
$use_case$
