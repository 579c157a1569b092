create or replace function list_erasures_08e66eae(
  "p_tenant" text, "p_after" bigint, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select set_config('customer.feed_ends', feed_end_a78e13b2()::text, true) where true;
select coalesce(json_agg(json_build_array(c0, c1, c2, c3)), '[]') as made from (select "place", "customer_ids", "reason", "created_at" from "erasure" where ("erasure"."tenant" = $1::text and "erasure"."place" > $2::bigint and "erasure"."place" <= current_setting('customer.feed_ends')::bigint) order by "erasure"."place" asc limit $3::int) answer (c0, c1, c2, c3)
$use_case$
