create or replace function find_reason_4f107593(
  "p_tenant" text, "p_customerId" text, "p_groupKey" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select case when "membership"."by_rule" then json_build_object('rule', "group"."rule", 'allowShopperValues', "group"."allow_shopper_values", 'facts', json_build_object('status', "customer"."status", 'emailVerified', ("customer"."email_verified_at" is not null), 'emailKey', "customer"."email_key", 'locale', "customer"."locale", 'country', "customer"."country", 'orderCount', "customer"."order_count", 'totalSpent', "customer"."total_spent", 'groupKeys', "customer"."group_keys", 'metadata', "customer"."metadata", 'lastOrderAt', to_char("customer"."last_order_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'createdAt', to_char("customer"."created_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) end from "membership" inner join "group" on ("group"."tenant" = $1::text and "group"."key" = "membership"."group_key") inner join "customer" on ("customer"."tenant" = $1::text and "customer"."id" = "membership"."customer_id") where ("membership"."tenant" = $1::text and "membership"."customer_id" = $2::text and "membership"."group_key" = $3::text)) answer (c0)
$use_case$
