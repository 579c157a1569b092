create or replace function spend_mail_token_f8bfe79a(
  "p_tenant" text, "p_subject" text, "p_tokenId" text, "p_tokenHash" text, "p_now" timestamp with time zone, "p_purposes" text[], "p_shopperId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = $2::text) for no key update;
select pg_advisory_xact_lock(hashtextextended($1::text || chr(31) || "email_key", 1)) from "attempt" where ("attempt"."tenant" = $1::text and "attempt"."id" = $2::text);
with "spent" as (delete from "mail_token" where ("mail_token"."tenant" = $1::text and "mail_token"."id" = $3::text and ("mail_token"."purpose" = any($6::text[])) and "mail_token"."subject" = $2::text and "mail_token"."hash" = $4::text and "mail_token"."expires_at" > $5::timestamp with time zone) returning "email_key") select refuse('mail_token_invalid') is null from (select) asked where not exists (select "email_key" from "spent" where (exists (select "id" from "customer" where (("customer"."tenant" = $1::text and "customer"."id" = $2::text) and "customer"."email_key" = "spent"."email_key" and "customer"."status" in ('unverified', 'active') and coalesce("customer"."id" = $7::text, true))) or exists (select "id" from "attempt" where (("attempt"."tenant" = $1::text and "attempt"."id" = $2::text) and ($7::text is null or exists (select "id" from "customer" "maker" where ("maker"."tenant" = $1::text and "maker"."id" = $7::text and "maker"."email_key" = "attempt"."email_key" and ("maker"."password_hash" = "attempt"."password_hash" or ("maker"."password_hash" like '$hanzo$%'
          and split_part("maker"."password_hash", '$', 5) = encode(sha256(convert_to("attempt"."password_hash", 'UTF8')), 'hex'))))))))));
select '[]'::json as made
$use_case$
