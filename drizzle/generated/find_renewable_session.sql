create or replace function find_renewable_session_e4e1887d(
  "p_tenant" text, "p_id" text, "p_clientId" text, "p_hash" text, "p_nextHash" text, "p_statuses" text[], "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "session"."provider_refresh", "customer"."password_hash" from "session" inner join "customer" on ("customer"."tenant" = "session"."tenant" and "customer"."id" = "session"."customer_id") where (("session"."tenant" = $1::text and "session"."id" = $2::text and coalesce("session"."client_id" = $3::text, not "session"."is_bound")) and ("session"."refresh_hash" = $4::text or ("session"."refresh_hash" = $5::text and "session"."rotated_at" >= $7::timestamp with time zone - interval '10 seconds')) and ("session"."expires_at" > $7::timestamp with time zone and exists (select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = "session"."customer_id" and "customer"."status" = any($6::text[])))))) answer (c0, c1)
$use_case$
