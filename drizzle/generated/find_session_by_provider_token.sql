create or replace function find_session_by_provider_token_34d9ffb8(
  "p_tenant" text, "p_hash" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select "customer_id", "session_id" from "session_token" where ("session_token"."tenant" = $1::text and "session_token"."hash" = $2::text)) answer (c0, c1)
$use_case$
