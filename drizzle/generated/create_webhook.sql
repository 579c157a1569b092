create or replace function create_webhook_60dd5461(
  "p_description" text, "p_tenant" text, "p_id" text, "p_url" text, "p_events" text[], "p_secret" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
insert into "webhook" ("tenant", "id", "url", "events", "description", "status", "disabled_reason", "secret", "previous_secret", "previous_secret_until", "failing_since", "last_at", "last_status", "last_error", "paused_until", "leased_until", "wake_at", "version", "changed_at", "created_at", "updated_at") values ($2::text, $3::text, $4::text, $5::text[], $1::text, 'enabled', default, $6::text, default, default, default, default, default, default, default, default, default, default, default, $7::timestamp with time zone, $7::timestamp with time zone);
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12)), '[]') as made from (select "version", "id", "url", "events", "description", "status", "disabled_reason", "failing_since", case when "last_at" is not null then json_build_object('at', to_char("webhook"."last_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'status', "webhook"."last_status", 'error', "webhook"."last_error") end, "previous_secret_until", "created_at", "updated_at", "secret" from "webhook" where (("webhook"."tenant" = $2::text and "webhook"."id" = $3::text) and "webhook"."status" <> 'deleted')) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12)
$use_case$
