create or replace function purge_sign_outs_2eb1b696(
  "p_tenants" text[], "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "signed_out" where ctid = any(array((select ctid from "signed_out" where ("signed_out"."tenant" = any($1::text[]) and "signed_out"."at" < $2::timestamptz) limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
