create or replace function find_job_payload_0fb26416(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select "payload" from "job" where ("job"."tenant" = $1::text and "job"."id" = $2::text)) answer (c0)
$use_case$
