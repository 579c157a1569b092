create or replace function check_database_d24f6ec1(
  "p_now" timestamptz, "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
insert into "tick" ("tenant", "task", "due_at", "leased_until", "told") select '', 'ready', 'infinity', $1::timestamptz, false  on conflict ("tenant","task") do update set "leased_until" = $1::timestamptz where "tick"."leased_until" < $2::timestamptz;
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select oldest_event_writer_21b11c19() from (select) asked) answer (c0)
$use_case$
