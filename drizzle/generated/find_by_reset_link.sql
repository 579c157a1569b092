create or replace function find_by_reset_link_7721880f(
  "p_tenant" text, "p_subject" text, "p_tokenId" text, "p_tokenHash" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "customer"."email_key", "customer"."password_hash" from "mail_token" inner join "customer" on ("customer"."tenant" = "mail_token"."tenant" and "customer"."id" = "mail_token"."subject" and "customer"."email_key" = "mail_token"."email_key") where (("mail_token"."tenant" = $1::text and "mail_token"."id" = $3::text and "mail_token"."purpose" in ('reset', 'invite') and "mail_token"."subject" = $2::text and "mail_token"."hash" = $4::text and "mail_token"."expires_at" > $5::timestamp with time zone) and "customer"."status" in ('unverified', 'active'))) answer (c0, c1)
$use_case$
