create or replace function delete_unwanted_merges_3f44d8d4(
  "p_tenant" text, "p_ids" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
delete from "merge" where ("merge"."tenant" = $1::text and "merge"."id" = any($2::text[]) and "merge"."state" = 'pending');
select '[]'::json as made
$use_case$
