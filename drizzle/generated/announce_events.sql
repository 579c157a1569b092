create or replace function announce_events_6991cd3e(
  "p_tenant" text, "p_now" timestamp with time zone, "p_delivery" text, "p_ids" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with "taken" as (delete from "job" where ("job"."tenant" = $1::text and ("job"."id" = any($4::text[]))) returning "id", "payload"), "due" as (select "webhook"."id" as "webhook", "event"."id" as "event", row_number() over (order by "event"."id", "webhook"."id")::int - 1 as "n" from "webhook" inner join "event" on ("event"."tenant" = $1::text and "webhook"."events" && array["event"."type", split_part("event"."type", '.', 1) || '.*', '*']) where ("webhook"."tenant" = $1::text and "webhook"."status" = 'enabled' and "event"."id" = any(array(select "taken"."payload" ->> 'event' from "taken")))), answer (c0) as (insert into "delivery" ("tenant", "id", "webhook_id", "event_id", "status", "next_attempt_at", "created_at") select $1::text, nth_id_2b6d34e7($3::text, "n"), "webhook", "event", 'pending', $2::timestamp with time zone, $2::timestamp with time zone from "due" on conflict ("tenant","webhook_id","event_id") do nothing returning "webhook_id") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
