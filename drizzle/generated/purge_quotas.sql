create or replace function purge_quotas_319af12e(
  "p_tenants" text[], "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "quota" where ctid = any(array((select ctid from "quota" where ("quota"."tenant" = any($1::text[]) and "quota"."last_at" < $2::timestamptz) limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
