create or replace function list_drifts_91707952(
  "p_tenant" text, "p_beforeAt" timestamp with time zone, "p_beforeCustomer" text, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3)), '[]') as made from (select "customer_id", "counted", "ledger", "created_at" from "drift" where ("drift"."tenant" = $1::text and ("drift"."created_at", "drift"."customer_id") < ($2::timestamp with time zone, $3::text)) order by "drift"."created_at" desc, "drift"."customer_id" desc limit $4::int) answer (c0, c1, c2, c3)
$use_case$
