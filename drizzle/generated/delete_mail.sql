create or replace function delete_mail_102e6f02(
  "p_tenant" text, "p_id" text, "p_jobId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with "taken" as (delete from "job" where ("job"."tenant" = $1::text and "job"."id" = $3::text) returning "id") select refuse('job_done') from (select) asked where not exists (select 1 from "taken");
delete from "mail" where ("mail"."tenant" = $1::text and "mail"."id" = $2::text);
select '[]'::json as made
$use_case$
