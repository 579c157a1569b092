create or replace function revoke_client_token_13437b5e(
  "p_tenant" text, "p_id" text, "p_expiresAt" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
insert into "revoked_token" ("tenant", "id", "expires_at") values ($1::text, $2::text, $3::timestamp with time zone) on conflict do nothing;
select '[]'::json as made
$use_case$
