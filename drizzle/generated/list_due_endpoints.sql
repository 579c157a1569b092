create or replace function list_due_endpoints_a5b7e1f8(
  "p_tenants" text[], "p_now" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "tenant", "id" from "webhook" where (("webhook"."tenant" = any($1::text[])) and "webhook"."status" = 'enabled' and ("webhook"."leased_until" is null or "webhook"."leased_until" <= $2::timestamptz) and ("webhook"."paused_until" is null or "webhook"."paused_until" <= $2::timestamptz) and exists (select "id" from "delivery" where ("delivery"."tenant" = "webhook"."tenant" and "delivery"."webhook_id" = "webhook"."id" and "delivery"."status" = 'pending' and "delivery"."next_attempt_at" <= $2::timestamptz)))) answer (c0, c1)
$use_case$
