create or replace function purge_authorization_codes_d56a6e33(
  "p_tenants" text[], "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "authorization_code" where ctid = any(array((select ctid from "authorization_code" where ("authorization_code"."tenant" = any($1::text[]) and "authorization_code"."expires_at" < $2::timestamptz - interval '10 minutes') limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
