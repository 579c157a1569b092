create or replace function find_passkey_ec00ada9(
  "p_tenant" text, "p_credentialId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5)), '[]') as made from (select "passkey"."id", "passkey"."customer_id", "passkey"."public_key", "passkey"."rp_id", "passkey"."user_handle", "customer"."status" from "passkey" inner join "customer" on ("customer"."tenant" = "passkey"."tenant" and "customer"."id" = "passkey"."customer_id") where ("passkey"."tenant" = $1::text and "passkey"."credential_id" = $2::text)) answer (c0, c1, c2, c3, c4, c5)
$use_case$
