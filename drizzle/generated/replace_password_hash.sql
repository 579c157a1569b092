create or replace function replace_password_hash_68bc342d(
  "p_tenant" text, "p_id" text, "p_hash" text, "p_newHash" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "customer" set "password_hash" = $4::text where (("customer"."tenant" = $1::text and "customer"."id" = $2::text) and "customer"."password_hash" = $3::text);
select '[]'::json as made
$use_case$
