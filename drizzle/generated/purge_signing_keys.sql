create or replace function purge_signing_keys_88767c42(
  "p_now" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
delete from "signing_key" where "signing_key"."expires_at" <= $1::timestamptz;
select '[]'::json as made
$use_case$
