create or replace function find_orders_of_jobs_5f1e9ab0(
  "p_tenant" text, "p_ids" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "id", "payload" from "job" where ("job"."tenant" = $1::text and "job"."id" = any($2::text[]))) answer (c0, c1)
$use_case$
