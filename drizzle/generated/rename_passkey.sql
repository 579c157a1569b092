create or replace function rename_passkey_7f67a13f(
  "p_tenant" text, "p_id" text, "p_customerId" text, "p_name" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0, c1, c2, c3, c4, c5, c6, c7) as (update "passkey" set "name" = $4::text where ("passkey"."tenant" = $1::text and "passkey"."customer_id" = $3::text and "passkey"."id" = $2::text) returning "id", "name", "device_type", "backed_up", "transports", "aaguid", "created_at", "last_used_at") select (select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7)), '[]') from answer) as made
$use_case$
