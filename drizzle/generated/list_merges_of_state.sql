create or replace function list_merges_of_state_17571cd5(
  "p_tenant" text, "p_after" text, "p_limit" int, "p_state" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18)), '[]') as made from (select "id", "state", "survivor_id", "merged_id", "automatic", "orders_only", "actor", "request_id", cardinality("order_ids"), cardinality("address_ids"), "group_keys", to_json(array(select jsonb_object_keys("merge"."profile") order by 1)), to_json(array(select jsonb_object_keys("merge"."metadata") order by 1)), "conflicts", "created_at", "merged_at", case when "merge"."state" = 'done' then "merged_at" + '30 days'::interval end, "undone_at", "undone_by" from "merge" where ("merge"."tenant" = $1::text and "merge"."state" = $4::text and "merge"."id" < $2::text) order by "merge"."id" desc limit $3::int) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18)
$use_case$
