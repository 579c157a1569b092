create or replace function complete_job_0952b688(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with "taken" as (delete from "job" where ("job"."tenant" = $1::text and "job"."id" = $2::text) returning "id") select refuse('job_done') from (select) asked where not exists (select 1 from "taken");
select '[]'::json as made
$use_case$
