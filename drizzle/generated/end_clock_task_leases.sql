create or replace function end_clock_task_leases_7238526e(
  "p_ends" json, "p_lease" timestamp with time zone, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "tick" set "due_at" = "ended"."dueAt", "leased_until" = $3::timestamp with time zone, "told" = "ended"."told" from json_to_recordset($1::json) as "ended" ("tenant" text, "task" text, "dueAt" timestamp with time zone, "told" boolean) where ("tick"."tenant" = "ended"."tenant" and "tick"."task" = "ended"."task" and "tick"."leased_until" = $2::timestamp with time zone);
select '[]'::json as made
$use_case$
