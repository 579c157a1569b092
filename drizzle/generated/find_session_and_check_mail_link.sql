create or replace function find_session_and_check_mail_link_c5364a69(
  "p_tenant" text, "p_id" text, "p_linkId" text, "p_linkHash" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2)), '[]') as made from (select exists (select "id" from "mail_token" where ("mail_token"."tenant" = $1::text and "mail_token"."id" = $3::text and "mail_token"."hash" = $4::text and "mail_token"."expires_at" > $5::timestamp with time zone)), "session"."provider_refresh", "customer"."password_hash" from "session" inner join "customer" on ("customer"."tenant" = "session"."tenant" and "customer"."id" = "session"."customer_id") where ("session"."tenant" = $1::text and "session"."id" = $2::text)) answer (c0, c1, c2)
$use_case$
