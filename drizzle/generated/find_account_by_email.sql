create or replace function find_account_by_email_36965e47(
  "p_tenant" text, "p_emailKey" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."email_key" = $2::text and "customer"."status" in ('unverified', 'active', 'disabled') and "customer"."provisional" = false)) answer (c0)
$use_case$
