create or replace function lease_provider_token_bb1ac83f(
  "p_tenant" text, "p_id" text, "p_clientId" text, "p_hash" text, "p_nextHash" text, "p_statuses" text[], "p_now" timestamp with time zone, "p_until" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (update "session" set "renewing_until" = $8::timestamptz where ((("session"."tenant" = $1::text and "session"."id" = $2::text and coalesce("session"."client_id" = $3::text, not "session"."is_bound")) and ("session"."refresh_hash" = $4::text or ("session"."refresh_hash" = $5::text and "session"."rotated_at" >= $7::timestamp with time zone - interval '10 seconds')) and ("session"."expires_at" > $7::timestamp with time zone and exists (select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = "session"."customer_id" and "customer"."status" = any($6::text[]))))) and ("session"."renewing_until" is null or "session"."renewing_until" <= $7::timestamp with time zone)) returning "id") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
