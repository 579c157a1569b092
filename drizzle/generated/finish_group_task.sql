create or replace function finish_group_task_7473fed2(
  "p_tenant" text, "p_groupKey" text, "p_id" text, "p_job" text, "p_now" timestamp with time zone, "p_isCarriedOut" boolean
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with "taken" as (delete from "job" where ("job"."tenant" = $1::text and "job"."id" = $4::text) returning "id") select refuse('job_done') from (select) asked where not exists (select 1 from "taken");
update "group_task" set "filter" = null, "finished_at" = $5::timestamp with time zone, "total" = "group_task"."done" where ("group_task"."tenant" = $1::text and "group_task"."group_key" = $2::text and "group_task"."id" = $3::text);
update "group" set "may_hold_shoppers" = "group"."allow_shopper_values" where ("group"."tenant" = $1::text and "group"."key" = $2::text and $6::boolean and exists (select "id" from "group_task" where (("group_task"."tenant" = $1::text and "group_task"."group_key" = $2::text and "group_task"."id" = $3::text) and "group_task"."rule_number" = "group"."rule_number")));
select '[]'::json as made
$use_case$
