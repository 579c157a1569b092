create or replace function list_customer_ids_and_statuses_6c5b7699(
  "p_tenant" text, "p_after" text, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "id", "status" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" > $2::text) order by "customer"."id" asc limit $3::int) answer (c0, c1)
$use_case$
