create or replace function lock_customer_by_session_1cad0e31(
  "p_tenant" text, "p_id" text, "p_customerId" text, "p_now" timestamp with time zone, "p_provenAfter" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = $3::text) for no key update;
select refuse(code) from (select case when not exists (select "id" from "session" where ("session"."tenant" = $1::text and "session"."id" = $2::text and "session"."customer_id" = $3::text and "session"."expires_at" > $4::timestamp with time zone)) then 'invalid_token' when not exists (select "id" from "session" where (("session"."tenant" = $1::text and "session"."id" = $2::text and "session"."customer_id" = $3::text and "session"."expires_at" > $4::timestamp with time zone) and ($5::timestamptz is null or "session"."proven_at" > $5::timestamptz))) then 'fresh_proof_required' end as code ) refusal where code is not null;
select '[]'::json as made
$use_case$
