create or replace function forget_merges_c8321454(
  "p_tenant" text, "p_ids" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
delete from "merge" where ("merge"."tenant" = $1::text and "merge"."id" = any($2::text[]) and "merge"."state" = 'pending');
select '[]'::json as made
$use_case$
