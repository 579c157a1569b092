create or replace function find_backlog_e130ff27(
  "p_tenant" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from ((select null, greatest(0, floor(extract(epoch from $2::timestamp with time zone - min("tick"."due_at")))::int) from "tick" where "tick"."tenant" = $1::text having count(*) > 0) union all (select "kind", greatest(0, floor(extract(epoch from $2::timestamp with time zone - min("late"."created_at")))::int) from (select "kind", "created_at" from "job" where ("job"."tenant" = $1::text and ("job"."due_at" <= $2::timestamp with time zone or "job"."relays" > 0)) order by "job"."due_at" asc limit 1000) "late" group by "late"."kind")) answer (c0, c1)
$use_case$
