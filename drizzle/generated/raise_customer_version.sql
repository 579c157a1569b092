create or replace function raise_customer_version_b729a633(
  "p_tenant" text, "p_id" text, "p_updatedAt" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "customer" set "version" = "customer"."version" + 1, "changed_at" = "customer"."changed_at" || jsonb_strip_nulls(jsonb_build_object('groups', "customer"."version" + 1)), "updated_at" = $3::timestamp with time zone where ("customer"."tenant" = $1::text and "customer"."id" = $2::text);
select '[]'::json as made
$use_case$
