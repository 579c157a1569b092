create or replace function check_session_480764a5(
  "p_tenant" text, "p_id" text, "p_customerId" text, "p_now" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select refuse('invalid_token') is null from (select) asked where not exists (select "session"."id" from "session" inner join "customer" on ("customer"."tenant" = "session"."tenant" and "customer"."id" = "session"."customer_id") where ("session"."tenant" = $1::text and "session"."id" = $2::text and "session"."customer_id" = $3::text and "session"."expires_at" > $4::timestamptz and "customer"."status" in ('unverified', 'active')))) answer (c0)
$use_case$
