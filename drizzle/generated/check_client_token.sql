create or replace function check_client_token_16057324(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select refuse('invalid_token') is null from (select) asked where exists (select "id" from "revoked_token" where ("revoked_token"."tenant" = $1::text and "revoked_token"."id" = $2::text))) answer (c0)
$use_case$
