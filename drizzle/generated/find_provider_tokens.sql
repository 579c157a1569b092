create or replace function find_provider_tokens_c60e31f9(
  "p_tenant" text, "p_hash" text, "p_clientId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select "provider_tokens" from "authorization_code" where ("authorization_code"."tenant" = $1::text and "authorization_code"."hash" = $2::text and "authorization_code"."client_id" = $3::text and "authorization_code"."provider_tokens" is not null)) answer (c0)
$use_case$
