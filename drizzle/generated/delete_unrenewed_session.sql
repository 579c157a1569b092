create or replace function delete_unrenewed_session_748290ae(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
delete from "session" where ("session"."tenant" = $1::text and "session"."id" = $2::text);
select '[]'::json as made
$use_case$
