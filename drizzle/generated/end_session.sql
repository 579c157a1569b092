create or replace function end_session_f5fda039(
  "p_tenant" text, "p_id" text, "p_clientId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0, c1) as (delete from "session" where ("session"."tenant" = $1::text and "session"."id" = $2::text and coalesce("session"."client_id" = $3::text, true)) returning "id", "provider_refresh") select (select coalesce(json_agg(json_build_array(c0, c1)), '[]') from answer) as made
$use_case$
