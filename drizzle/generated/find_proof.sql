create or replace function find_proof_9f0df6dd(
  "p_tenant" text, "p_subject" text, "p_tokenId" text, "p_tokenHash" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11)), '[]') as made from (select "attempt"."id", "attempt"."password_hash", "attempt"."email", "attempt"."first_name", "attempt"."last_name", "attempt"."phone", "attempt"."locale", "attempt"."metadata", "customer"."id", "customer"."email", "customer"."status", "customer"."password_hash" from "mail_token" left join "attempt" on ("attempt"."tenant" = "mail_token"."tenant" and "attempt"."id" = "mail_token"."subject") left join "customer" on ("customer"."tenant" = "mail_token"."tenant" and "customer"."email_key" = "mail_token"."email_key" and "customer"."status" in ('unverified', 'active', 'disabled') and ("attempt"."id" is not null or "customer"."id" = "mail_token"."subject")) where ("mail_token"."tenant" = $1::text and "mail_token"."id" = $3::text and "mail_token"."purpose" = 'verify' and "mail_token"."subject" = $2::text and "mail_token"."hash" = $4::text and "mail_token"."expires_at" > $5::timestamp with time zone)) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11)
$use_case$
