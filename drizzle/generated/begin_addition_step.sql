create or replace function begin_addition_step_9e2016e5(
  "p_tenant" text, "p_groupKey" text, "p_id" text, "p_after" text, "p_last" text, "p_count" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "group_task" where ("group_task"."tenant" = $1::text and "group_task"."group_key" = $2::text and "group_task"."id" = $3::text) for update;
select refuse(code) from (select case when not exists (select "id" from "group_task" where (("group_task"."tenant" = $1::text and "group_task"."group_key" = $2::text and "group_task"."id" = $3::text) and "group_task"."after" = $4::text and "group_task"."finished_at" is null)) then 'precondition_failed' end as code ) refusal where code is not null;
update "group_task" set "after" = $5::text, "done" = "group_task"."done" + $6::int where ("group_task"."tenant" = $1::text and "group_task"."group_key" = $2::text and "group_task"."id" = $3::text);
select '[]'::json as made
$use_case$
