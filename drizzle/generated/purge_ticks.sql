create or replace function purge_ticks_7cdafd14(
  "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "tick" where ctid = any(array((select ctid from "tick" where "tick"."scheduled_at" < $1::timestamptz limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
