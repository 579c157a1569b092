create or replace function find_address_9d6b3c10(
  "p_tenant" text, "p_customerId" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16)), '[]') as made from (select "visible"."id", "address"."id", "address"."version", "address"."id", "address"."label", "address"."first_name", "address"."last_name", "address"."company", "address"."line1", "address"."line2", "address"."city", "address"."state", "address"."postal_code", "address"."country", "address"."phone", "address"."id" is not distinct from "visible"."default_shipping_id", case
      when "address"."id" = "visible"."default_shipping_id" and "address"."id" = "visible"."default_billing_id" then json '["shipping","billing"]'
      when "address"."id" = "visible"."default_shipping_id" then json '["shipping"]'
      when "address"."id" = "visible"."default_billing_id" then json '["billing"]'
      else json '[]' end from (select "tenant", "id", "external_id", "email", "email_key", "first_name", "last_name", "first_name_key", "last_name_key", "phone", "locale", "status", "listed", "email_verified_at", "claimed_at", "password_hash", "provisional", "disabled_reason", "device_epoch", "unproven", "silent", "group_keys", "metadata", "consents", "order_count", "total_spent", "spent", "last_order_at", "last_order_key", "default_shipping_id", "default_billing_id", "merged_into", "erasure_id", "sequence", "version", "changed_at", "created_at", "updated_at" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = ((select case "status" when 'merged' then "merged_into" else "id" end from "customer" "asked" where ("asked"."tenant" = $1::text and "asked"."id" = $2::text))) and "customer"."status" not in ('erased', 'deleted'))) "visible" left join "address" on ("address"."tenant" = $1::text and "address"."customer_id" = "visible"."id" and "address"."id" = $3::text)) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16)
$use_case$
