create or replace function purge_provider_access_tokens_d3258cf1(
  "p_tenants" text[], "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "session_token" where ctid = any(array((select ctid from "session_token" where ("session_token"."tenant" = any($1::text[]) and "session_token"."expires_at" < $2::timestamptz) limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
