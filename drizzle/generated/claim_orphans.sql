create or replace function claim_orphans_cce39ac5(
  "p_tasks" text[], "p_until" timestamp with time zone, "p_now" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (update "tick" set "leased_until" = $2::timestamp with time zone where ("tick"."task", "tick"."scheduled_at") in ((select "task", "scheduled_at" from "tick" where (("tick"."done_at" is null and "tick"."leased_until" < $3::timestamptz) and "tick"."task" = any($1::text[])) for update skip locked)) returning "task") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
