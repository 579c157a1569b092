create or replace function claim_ticks_ed349bee(
  "p_tasks" text[], "p_until" timestamp with time zone, "p_now" timestamptz, "p_scheduledAt" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (insert into "tick" ("task", "scheduled_at", "leased_until") select task, $4::timestamp with time zone, $2::timestamp with time zone from unnest($1::text[]) task on conflict ("task","scheduled_at") do update set "leased_until" = $2::timestamp with time zone where ("tick"."done_at" is null and "tick"."leased_until" < $3::timestamptz) returning "task") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
