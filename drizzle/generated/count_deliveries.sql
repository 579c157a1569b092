create or replace function count_deliveries_bbc9b6db(
  "p_tenant" text, "p_webhookId" text, "p_status" text, "p_most" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select count(*)::int from (select 1 as "found" from "delivery" where ("delivery"."tenant" = $1::text and "delivery"."webhook_id" = $2::text and (not ($3::text is not null) or "delivery"."status" = $3::text)) limit $4::int) "some") answer (c0)
$use_case$
