create or replace function check_refresh_token_41f51cd5(
  "p_tenant" text, "p_id" text, "p_clientId" text, "p_hash" text, "p_nextHash" text, "p_statuses" text[], "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "session" set "refresh_hash" = $5::text, "last_used_at" = $7::timestamp with time zone where (("session"."tenant" = $1::text and "session"."id" = $2::text and coalesce("session"."client_id" = $3::text, true)) and "session"."refresh_hash" = $4::text and ("session"."expires_at" > $7::timestamp with time zone and exists (select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = "session"."customer_id" and "customer"."status" = any($6::text[])))));
delete from "session" where (("session"."tenant" = $1::text and "session"."id" = $2::text and coalesce("session"."client_id" = $3::text, true)) and (("session"."refresh_hash" = $5::text and ("session"."expires_at" > $7::timestamp with time zone and exists (select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = "session"."customer_id" and "customer"."status" = any($6::text[])))))) is not true);
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "session"."provider_refresh", "customer"."password_hash" from "session" inner join "customer" on ("customer"."tenant" = "session"."tenant" and "customer"."id" = "session"."customer_id") where (("session"."tenant" = $1::text and "session"."id" = $2::text and coalesce("session"."client_id" = $3::text, true)) and "session"."refresh_hash" = $5::text)) answer (c0, c1)
$use_case$
