create or replace function find_login_3dbbba25(
  "p_tenant" text, "p_emailKey" text, "p_handle" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5)), '[]') as made from (select "customer"."id", "customer"."status", exists (select "id" from "attempt" where (("attempt"."tenant" = $1::text and "attempt"."email_key" = $2::text and "attempt"."expires_at" > $4::timestamp with time zone) and "attempt"."state" = 'live')), "mail_token"."id", "mail_token"."purpose", "mail_token"."hash" from (select) asked left join "customer" on ("customer"."tenant" = $1::text and "customer"."email_key" = $2::text and "customer"."status" in ('unverified', 'active', 'disabled')) left join "mail_token" on ("mail_token"."tenant" = $1::text and "mail_token"."subject" = $3::text and "mail_token"."purpose" in ('login_code', 'login_link') and "mail_token"."email_key" = $2::text and "mail_token"."expires_at" > $4::timestamp with time zone) order by "mail_token"."created_at" desc) answer (c0, c1, c2, c3, c4, c5)
$use_case$
