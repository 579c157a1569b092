create or replace function store_authorization_code_2d0f9702(
  "p_tenant" text, "p_customerId" text, "p_passwordHash" text, "p_statuses" text[], "p_hash" text, "p_clientId" text, "p_redirectUri" text, "p_challenge" text, "p_provenAt" timestamp with time zone, "p_userAgent" text, "p_address" text, "p_providerTokens" text, "p_expiresAt" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = $2::text and "customer"."status" = any($4::text[]) and ($3::text is null or "customer"."password_hash" = $3::text)) for share;
with answer (c0) as (insert into "authorization_code" ("tenant", "hash", "client_id", "redirect_uri", "challenge", "customer_id", "proven_at", "user_agent", "address", "provider_tokens", "created_at", "expires_at") select $1::text, $5::text, $6::text, $7::text, $8::text, "customer"."id", $9::timestamp with time zone, $10::text, $11::text, $12::text, $9::timestamp with time zone, $13::timestamp with time zone from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = $2::text and "customer"."status" = any($4::text[]) and ($3::text is null or "customer"."password_hash" = $3::text)) returning "customer_id") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
