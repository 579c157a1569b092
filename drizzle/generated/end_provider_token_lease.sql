create or replace function end_provider_token_lease_e889aa34(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "session" set "renewing_until" = null where ("session"."tenant" = $1::text and "session"."id" = $2::text);
select '[]'::json as made
$use_case$
