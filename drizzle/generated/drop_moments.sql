create or replace function drop_moments_96fa6779(
  "p_tenant" text, "p_groupKey" text, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "rule_moment" where ctid = any(array((select ctid from "rule_moment" where ("rule_moment"."tenant" = $1::text and "rule_moment"."group_key" = $2::text) limit $3::int))) returning "group_key") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
