create or replace function delete_order_jobs_e547dcf4(
  "p_tenant" text, "p_ids" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
delete from "job" where ("job"."tenant" = $1::text and "job"."id" = any($2::text[]));
select '[]'::json as made
$use_case$
