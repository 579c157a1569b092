create or replace function count_webhooks_ec3633b9(
  "p_tenant" text, "p_most" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select count(*)::int from (select 1 as "found" from "webhook" where ("webhook"."tenant" = $1::text and "webhook"."status" <> 'deleted') limit $2::int) "some") answer (c0)
$use_case$
