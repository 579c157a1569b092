create or replace function purge_spent_proofs_94aa3562(
  "p_tenants" text[], "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (delete from "spent_proof" where ctid = any(array((select ctid from "spent_proof" where ("spent_proof"."tenant" = any($1::text[]) and "spent_proof"."expires_at" < $2::timestamptz) limit 1000 for update skip locked))) returning true) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
