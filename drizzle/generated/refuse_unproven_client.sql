create or replace function refuse_unproven_client_7d09bd61(
  "p_tenant" text, "p_id" text, "p_hash" text, "p_nextHash" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select refuse(code) from (select case when exists (select "id" from "session" where ("session"."tenant" = $1::text and "session"."id" = $2::text and "session"."is_bound" and "session"."refresh_hash" in ($3::text, $4::text))) then 'invalid_client' end as code ) refusal where code is not null;
select '[]'::json as made
$use_case$
