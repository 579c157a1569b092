create or replace function purge_orphaned_deliveries_10b68f9e(
  "p_tenants" text[], "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "delivery" where ctid = any(array((select ctid from "delivery" where ("delivery"."tenant" = any($1::text[]) and (not exists (select "id" from "event" where ("event"."tenant" = "delivery"."tenant" and "event"."id" = "delivery"."event_id" and "event"."type" = 'customer.erased')) and exists (select "id" from "webhook" where ("webhook"."tenant" = "delivery"."tenant" and "webhook"."id" = "delivery"."webhook_id" and "webhook"."status" = 'deleted')))) limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
