create or replace function find_rules_4c18758d(
  "p_tenant" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3)), '[]') as made from (select "key", "rule", "rule_number", "allow_shopper_values" from "group" where ("group"."tenant" = $1::text and ("group"."rule" is not null and "group"."dissolved_at" is null)) order by "group"."key") answer (c0, c1, c2, c3)
$use_case$
