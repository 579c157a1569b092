create or replace function list_linked_identities_adc04c78(
  "p_tenant" text, "p_customerId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3)), '[]') as made from (select "identity", "provider", "created_at", "last_used_at" from "linked_identity" where ("linked_identity"."tenant" = $1::text and "linked_identity"."customer_id" = $2::text) order by "linked_identity"."created_at", "linked_identity"."identity") answer (c0, c1, c2, c3)
$use_case$
