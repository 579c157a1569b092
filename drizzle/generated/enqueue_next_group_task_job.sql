create or replace function enqueue_next_group_task_job_30fd2f9f(
  "p_tenant" text, "p_groupKey" text, "p_id" text, "p_job" text, "p_now" timestamp with time zone, "p_rest" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with "taken" as (delete from "job" where ("job"."tenant" = $1::text and "job"."id" = $4::text) returning "id") select refuse('job_done') from (select) asked where not exists (select 1 from "taken");
insert into "job" ("tenant", "id", "kind", "payload", "due_at", "created_at") select $1::text, $6::text, 'carry_out', jsonb_build_object('group', $2::text, 'task', $3::text), $5::timestamp with time zone + interval '1 minute', $5::timestamp with time zone ;
select json_build_object('rows', '[]'::json, 'jobs', (select coalesce((select json_build_array(id) from (select id from job where tenant = $1::text and id = $6::text) written), '[]'))) as made
$use_case$
