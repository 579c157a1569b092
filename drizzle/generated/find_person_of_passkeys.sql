create or replace function find_person_of_passkeys_b0874e91(
  "p_tenant" text, "p_customerId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5)), '[]') as made from (select "customer"."email", "customer"."first_name", "customer"."last_name", "passkey"."credential_id", "passkey"."transports", "passkey"."user_handle" from "customer" left join "passkey" on ("passkey"."tenant" = $1::text and "passkey"."customer_id" = $2::text) where ("customer"."tenant" = $1::text and "customer"."id" = $2::text) order by "passkey"."id") answer (c0, c1, c2, c3, c4, c5)
$use_case$
