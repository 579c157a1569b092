create or replace function find_login_candidates_02bb58b6(
  "p_tenant" text, "p_emailKey" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10)), '[]') as made from (select "customer"."id", "customer"."status", "customer"."password_hash", "attempt"."id", "attempt"."password_hash", "attempt"."email", "attempt"."first_name", "attempt"."last_name", "attempt"."phone", "attempt"."locale", "attempt"."metadata" from (select) asked left join "customer" on ("customer"."tenant" = $1::text and "customer"."email_key" = $2::text and "customer"."status" in ('unverified', 'active', 'disabled')) left join "attempt" on (("attempt"."tenant" = $1::text and "attempt"."email_key" = $2::text and "attempt"."expires_at" > $3::timestamp with time zone) and "attempt"."password_hash" is not null)) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10)
$use_case$
