create or replace function spend_client_assertion_1fab6ad9(
  "p_tenant" text, "p_hash" text, "p_expiresAt" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with "spent" as (insert into "spent_proof" ("tenant", "hash", "expires_at") select $1::text, $2::text, $3::timestamp with time zone  on conflict do nothing returning "hash") select refuse('invalid_client') is null from (select) asked where not exists (select "hash" from "spent");
select '[]'::json as made
$use_case$
