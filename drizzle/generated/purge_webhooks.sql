create or replace function purge_webhooks_d1d8b796(
  "p_tenants" text[], "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "webhook" where ctid = any(array((select ctid from "webhook" where ("webhook"."tenant" = any($1::text[]) and ("webhook"."status" = 'deleted' and "webhook"."updated_at" < $2::timestamptz and not exists (select "id" from "delivery" where ("delivery"."tenant" = "webhook"."tenant" and "delivery"."webhook_id" = "webhook"."id")))) limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
