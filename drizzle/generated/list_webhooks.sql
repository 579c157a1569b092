create or replace function list_webhooks_1ae98439(
  "p_tenant" text, "p_after" text, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10)), '[]') as made from (select "id", "url", "events", "description", "status", "disabled_reason", "failing_since", case when "last_at" is not null then json_build_object('at', to_char("webhook"."last_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'status', "webhook"."last_status", 'error', "webhook"."last_error") end, "previous_secret_until", "created_at", "updated_at" from "webhook" where (("webhook"."tenant" = $1::text and "webhook"."status" <> 'deleted') and "webhook"."id" < $2::text) order by "webhook"."id" desc limit $3::int) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10)
$use_case$
