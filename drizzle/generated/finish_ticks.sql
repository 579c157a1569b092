create or replace function finish_ticks_a8735247(
  "p_tasks" text[], "p_lease" timestamp with time zone, "p_now" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "tick" set "done_at" = $3::timestamptz where ("tick"."task" = any($1::text[]) and "tick"."done_at" is null and "tick"."leased_until" = $2::timestamp with time zone);
select '[]'::json as made
$use_case$
