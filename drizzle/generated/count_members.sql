create or replace function count_members_0320fc7b(
  "p_tenant" text, "p_group" text, "p_most" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select count(*)::int from (select 1 as "found" from "membership" where ("membership"."tenant" = $1::text and "membership"."group_key" = $2::text) limit $3::int) "some") answer (c0)
$use_case$
