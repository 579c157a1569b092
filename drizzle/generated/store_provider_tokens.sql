create or replace function store_provider_tokens_5618bf25(
  "p_tenant" text, "p_hash" text, "p_sessionId" text, "p_issuedAt" timestamp with time zone, "p_expiresAt" timestamp with time zone, "p_sealed" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
insert into "session_token" ("tenant", "hash", "session_id", "customer_id", "issued_at", "expires_at") select $1::text, $2::text, "session"."id", "session"."customer_id", $4::timestamp with time zone, $5::timestamp with time zone from "session" where ("session"."tenant" = $1::text and "session"."id" = $3::text) on conflict do nothing;
update "session" set "provider_refresh" = coalesce($6::text, "session"."provider_refresh"), "renewing_until" = null where ("session"."tenant" = $1::text and "session"."id" = $3::text);
select '[]'::json as made
$use_case$
