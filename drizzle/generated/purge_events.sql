create or replace function purge_events_92a2799b(
  "p_tenants" text[], "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "event" where ctid = any(array((select ctid from "event" where ("event"."tenant" = any($1::text[]) and ("event"."at" < $2::timestamptz and "event"."type" <> 'customer.erased' and not exists (select "id" from "delivery" where ("delivery"."tenant" = "event"."tenant" and "delivery"."event_id" = "event"."id" and "delivery"."status" = 'pending')))) limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
