create or replace function find_rule_facts_c9a8af36(
  "p_tenant" text, "p_ids" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13)), '[]') as made from (select "id", "email", "status", ("email_verified_at" is not null), "email_key", "locale", "order_count", "total_spent", "group_keys", "metadata", "consents", "last_order_at", "created_at", coalesce((select json_agg(json_build_object('country', "address"."country", 'city', "address"."city", 'postalCode', "address"."postal_code", 'line1', "address"."line1", 'line2', "address"."line2", 'company', "address"."company") order by "id")
      from "address" where ("address"."tenant" = "customer"."tenant" and "address"."customer_id" = "customer"."id")), '[]') from "customer" where ("customer"."tenant" = $1::text and ("customer"."id" = any($2::text[]))) order by "customer"."id") answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13)
$use_case$
