create or replace function find_customer_by_identity_5d2c6d09(
  "p_tenant" text, "p_identity" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "customer"."id", "customer"."status" from "linked_identity" inner join "customer" on ("customer"."tenant" = "linked_identity"."tenant" and "customer"."id" = "linked_identity"."customer_id") where ("linked_identity"."tenant" = $1::text and "linked_identity"."identity" = $2::text)) answer (c0, c1)
$use_case$
