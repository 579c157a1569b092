create or replace function find_customer_by_hanzo_identity_d065a31a(
  "p_tenant" text, "p_identity" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "id", "status" from "customer" where ("customer"."tenant" = $1::text and (split_part("customer"."password_hash", '$', 3) = $2::text and "customer"."password_hash" like '$hanzo$%'))) answer (c0, c1)
$use_case$
