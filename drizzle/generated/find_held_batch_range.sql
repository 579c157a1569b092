create or replace function find_held_batch_range_28ab91a7(
  "p_tenant" text, "p_groupKey" text, "p_after" text, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select max("next_id"), count(*)::int from (select "customer_id" as "next_id" from "membership" where (("membership"."tenant" = $1::text and "membership"."group_key" = $2::text and "membership"."by_rule" = true) and "membership"."customer_id" > $3::text) order by "membership"."customer_id" limit $4::int) "next") answer (c0, c1)
$use_case$
