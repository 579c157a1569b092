create or replace function count_groups_bcab748b(
  "p_tenant" text, "p_most" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select count(*)::int from (select 1 as "found" from "group" where ("group"."tenant" = $1::text and "group"."dissolved_at" is null) limit $2::int) "some") answer (c0)
$use_case$
