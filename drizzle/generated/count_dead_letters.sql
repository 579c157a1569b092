create or replace function count_dead_letters_86c86115(
  "p_tenant" text, "p_most" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select count(*)::int from (select 1 as "found" from "dead_letter" where "dead_letter"."tenant" = $1::text limit $2::int) "some") answer (c0)
$use_case$
