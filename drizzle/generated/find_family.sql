create or replace function find_family_f50629a9(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "id", "status" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = any(array((select "id" from "customer" where ("customer"."tenant" = $1::text and ("customer"."id" = $2::text or "customer"."merged_into" = $2::text or "customer"."id" = any(array((select "guest"."id" from "customer" "owner" inner join "customer" "guest" on ("guest"."tenant" = "owner"."tenant" and "guest"."email_key" = "owner"."email_key" and "guest"."status" = 'guest') where ("owner"."tenant" = $1::text and "owner"."id" = $2::text and "owner"."status" in ('active', 'disabled') and "owner"."email_verified_at" is not null and "owner"."claimed_at" is not null)))) or "customer"."merged_into" = any(array((select "guest"."id" from "customer" "owner" inner join "customer" "guest" on ("guest"."tenant" = "owner"."tenant" and "guest"."email_key" = "owner"."email_key" and "guest"."status" = 'guest') where ("owner"."tenant" = $1::text and "owner"."id" = $2::text and "owner"."status" in ('active', 'disabled') and "owner"."email_verified_at" is not null and "owner"."claimed_at" is not null))))))))))) answer (c0, c1)
$use_case$
