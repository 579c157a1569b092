create or replace function purge_orphans_f94e3b96(
  "p_tenants" text[], "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "delivery" where ctid = any(array((select ctid from "delivery" where ("delivery"."tenant" = any($1::text[]) and exists (select "id" from "webhook" where ("webhook"."tenant" = "delivery"."tenant" and "webhook"."id" = "delivery"."webhook_id" and "webhook"."status" = 'deleted'))) limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
