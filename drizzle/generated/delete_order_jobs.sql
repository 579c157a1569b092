create or replace function delete_order_jobs_c224ac6f(
  "p_tenant" text, "p_ids" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan
as $use_case$
delete from "job" where ("job"."tenant" = $1::text and "job"."id" = any($2::text[]));
select '[]'::json as made
$use_case$
