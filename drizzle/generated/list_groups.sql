create or replace function list_groups_dc147aa5(
  "p_tenant" text, "p_after" text, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5)), '[]') as made from (select "key", "name", "description", "metadata", "created_at", "updated_at" from "group" where (("group"."tenant" = $1::text and "group"."dissolved_at" is null) and "group"."key" > $2::text) order by "group"."key" limit $3::int) answer (c0, c1, c2, c3, c4, c5)
$use_case$
