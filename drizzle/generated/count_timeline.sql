create or replace function count_timeline_c8fd558f(
  "p_tenant" text, "p_customerId" text, "p_most" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select count(*)::int from (select 1 as "found" from "event" where ("event"."tenant" = $1::text and "event"."customer_id" = ((select "id" from (select "tenant", "id", "external_id", "email", "email_key", "first_name", "last_name", "first_name_key", "last_name_key", "phone", "locale", "status", "listed", "email_verified_at", "claimed_at", "password_hash", "provisional", "disabled_reason", "device_epoch", "unproven", "silent", "group_keys", "metadata", "consents", "order_count", "total_spent", "spent", "last_order_at", "last_order_key", "default_shipping_id", "default_billing_id", "merged_into", "erasure_id", "sequence", "version", "changed_at", "created_at", "updated_at" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = ((select case "status" when 'merged' then "merged_into" else "id" end from "customer" "asked" where ("asked"."tenant" = $1::text and "asked"."id" = $2::text))) and "customer"."status" not in ('erased', 'deleted'))) "visible"))) limit $3::int) "some") answer (c0)
$use_case$
