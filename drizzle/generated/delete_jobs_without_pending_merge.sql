create or replace function delete_jobs_without_pending_merge_837ce045(
  "p_tenant" text, "p_ids" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
delete from "job" where ("job"."tenant" = $1::text and "job"."id" = any($2::text[]) and not exists (select "id" from "merge" where ("merge"."tenant" = $1::text and "merge"."id" = "job"."payload" ->> 'merge' and "merge"."state" = 'pending')));
select '[]'::json as made
$use_case$
