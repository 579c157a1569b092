create or replace function write_readiness_probe_c1089e89(
  "p_now" timestamptz, "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
insert into "tick" ("tenant", "task", "due_at", "leased_until", "told") select '', 'ready', 'infinity', $1::timestamptz, false  on conflict ("tenant","task") do update set "leased_until" = $1::timestamptz where "tick"."leased_until" < $2::timestamptz;
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select (
    select floor(extract(epoch from clock_timestamp() - min(a.xact_start)))::int
    from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.mode = 'ShareLock' and l.objsubid = 1 and l.classid::bigint >> 16 = 25974
      and l.database = (select oid from pg_database where datname = current_database())) from (select) asked) answer (c0)
$use_case$
