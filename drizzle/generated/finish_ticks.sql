create or replace function finish_ticks_76c8c457(
  "p_tasks" text[], "p_lease" timestamp with time zone, "p_now" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan
as $use_case$
update "tick" set "done_at" = $3::timestamptz where ("tick"."task" = any($1::text[]) and "tick"."done_at" is null and "tick"."leased_until" = $2::timestamp with time zone);
select '[]'::json as made
$use_case$
