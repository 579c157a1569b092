create or replace function find_rules_49ec74cf(
  "p_tenant" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5)), '[]') as made from (select "key", "rule", "rule_number", "rule_stopped", "rule_untrusted", "allow_shopper_values" from "group" where ("group"."tenant" = $1::text and ("group"."rule" is not null and "group"."dissolved_at" is null)) order by "group"."key") answer (c0, c1, c2, c3, c4, c5)
$use_case$
