create or replace function purge_deliveries_1c6186a7(
  "p_tenants" text[], "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "delivery" where ctid = any(array((select ctid from "delivery" where ("delivery"."tenant" = any($1::text[]) and ("delivery"."settled_at" < $2::timestamptz and not exists (select "id" from "event" where ("event"."tenant" = "delivery"."tenant" and "event"."id" = "delivery"."event_id" and "event"."type" = 'customer.erased')))) limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
