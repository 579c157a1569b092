create or replace function list_passkeys_fdfaffe7(
  "p_tenant" text, "p_customerId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7)), '[]') as made from (select "id", "name", "device_type", "backed_up", "transports", "aaguid", "created_at", "last_used_at" from "passkey" where ("passkey"."tenant" = $1::text and "passkey"."customer_id" = $2::text) order by "passkey"."id") answer (c0, c1, c2, c3, c4, c5, c6, c7)
$use_case$
