create or replace function find_customers_with_due_moment_58bd9014(
  "p_tenant" text, "p_now" timestamp with time zone, "p_groups" text[], "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select "customer_id" from "rule_moment" where ("rule_moment"."tenant" = $1::text and "rule_moment"."next_at" <= $2::timestamp with time zone and "rule_moment"."next_at" < 'infinity' and ("rule_moment"."group_key" = any($3::text[]))) order by "rule_moment"."next_at" limit $4::int) answer (c0)
$use_case$
