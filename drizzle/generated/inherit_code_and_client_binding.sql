create or replace function inherit_code_and_client_binding_456b4f45(
  "p_tenant" text, "p_id" text, "p_customerId" text, "p_before" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "session" set "is_bound" = coalesce(((select "is_bound" from "session" where ("session"."tenant" = $1::text and "session"."id" = $4::text))), false) where ("session"."tenant" = $1::text and "session"."id" = $2::text);
update "authorization_code" set "session_id" = $2::text where ("authorization_code"."tenant" = $1::text and "authorization_code"."customer_id" = $3::text and "authorization_code"."session_id" = $4::text);
select '[]'::json as made
$use_case$
