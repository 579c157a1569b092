create or replace function count_merges_of_customer_1b3fa74d(
  "p_tenant" text, "p_most" int, "p_customer" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select count(*)::int from (select 1 as "found" from "merge" where ("merge"."tenant" = $1::text and ("merge"."survivor_id" = $3::text or "merge"."merged_id" = $3::text)) limit $2::int) "some") answer (c0)
$use_case$
