create or replace function find_webhook_secret_5d32dff4(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12)), '[]') as made from (select "version", "id", "url", "events", "description", "status", "disabled_reason", "failing_since", case when "last_at" is not null then json_build_object('at', to_char("webhook"."last_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'status', "webhook"."last_status", 'error', "webhook"."last_error") end, "previous_secret_until", "created_at", "updated_at", "secret" from "webhook" where (("webhook"."tenant" = $1::text and "webhook"."id" = $2::text) and "webhook"."status" <> 'deleted')) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12)
$use_case$
