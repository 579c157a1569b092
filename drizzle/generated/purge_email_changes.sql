create or replace function purge_email_changes_106bffea(
  "p_tenants" text[], "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "email_change" where ctid = any(array((select ctid from "email_change" where ("email_change"."tenant" = any($1::text[]) and ("email_change"."created_at" < $2::timestamptz - interval '1 day' and coalesce("email_change"."undo_until", "email_change"."created_at") < $2::timestamptz)) limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
