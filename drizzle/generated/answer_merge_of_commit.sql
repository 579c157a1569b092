create or replace function answer_merge_of_commit_0432db02(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select refuse(code) from (select case when not exists (select "id" from "merge" where (("merge"."tenant" = $1::text and "merge"."id" = $2::text) and "merge"."state" = 'done')) then 'precondition_failed' end as code ) refusal where code is not null;
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23)), '[]') as made from (select true, "id", "state", "survivor_id", "merged_id", "automatic", "orders_only", "actor", "request_id", cardinality("order_ids"), cardinality("address_ids"), "group_keys", to_json(array(select jsonb_object_keys("merge"."profile") order by 1)), to_json(array(select jsonb_object_keys("merge"."metadata") order by 1)), "conflicts", "created_at", "merged_at", case when "merge"."state" = 'done' then "merged_at" + '30 days'::interval end, "undone_at", "undone_by", to_json(case when "merge"."state" <> 'pending' then "merge"."order_ids" end), "address_ids", coalesce((select json_agg(json_build_object('id', "address"."id", 'label', "address"."label", 'firstName', "address"."first_name", 'lastName', "address"."last_name", 'company', "address"."company", 'line1', "address"."line1", 'line2', "address"."line2", 'city', "address"."city", 'state', "address"."state", 'postalCode', "address"."postal_code", 'country', "address"."country", 'phone', "address"."phone", 'isDefault', "address"."id" is not distinct from "no_customer"."default_shipping_id", 'defaultFor', case
      when "address"."id" = "no_customer"."default_shipping_id" and "address"."id" = "no_customer"."default_billing_id" then json '["shipping","billing"]'
      when "address"."id" = "no_customer"."default_shipping_id" then json '["shipping"]'
      when "address"."id" = "no_customer"."default_billing_id" then json '["billing"]'
      else json '[]' end) order by "address"."id")
    from jsonb_populate_recordset(null::"address", "merge"."before" #> '{merged,addresses}') "address"
      left join "customer" "no_customer" on false
    where "address"."id" <> all("merge"."address_ids")), '[]'), ("before" #> '{merged,customer,metadata}') - array(select jsonb_object_keys("metadata")) from "merge" where ("merge"."tenant" = $1::text and "merge"."id" = $2::text)) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23)
$use_case$
