create or replace function find_listed_batch_range_1b6e5e3d(
  "p_tenant" text, "p_groupKey" text, "p_after" text, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select max("next_id"), count(*)::int from (select "id" as "next_id" from "list_entry" where (("list_entry"."tenant" = $1::text and "list_entry"."listed" = true) and "list_entry"."id" > $3::text) order by "list_entry"."id" limit $4::int) "next") answer (c0, c1)
$use_case$
