create or replace function rotate_secret_a103eb6a(
  "p_tenant" text, "p_id" text, "p_secret" text, "p_until" timestamptz, "p_accepted" int8multirange, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "webhook" where ("webhook"."tenant" = $1::text and "webhook"."id" = $2::text) for no key update;
select refuse(code) from (select case when not exists (select "id" from "webhook" where (("webhook"."tenant" = $1::text and "webhook"."id" = $2::text) and "webhook"."status" <> 'deleted')) then 'webhook_not_found' end as code ) refusal where code is not null;
select refuse('precondition_failed', jsonb_path_query_array("webhook"."changed_at", '$.keyvalue() ? (@.value >= $since).key', jsonb_build_object('since',
    coalesce(upper($5::int8multirange * int8multirange(int8range(null, "webhook"."version"))), 1)))::text) from "webhook" where ((($5::int8multirange is not null) and not "webhook"."version"::bigint <@ $5::int8multirange) and ("webhook"."tenant" = $1::text and "webhook"."id" = $2::text));
select refuse(code) from (select case when exists (select "id" from "webhook" where (("webhook"."tenant" = $1::text and "webhook"."id" = $2::text) and "webhook"."previous_secret_until" > $6::timestamp with time zone)) then 'rotation_in_progress' end as code ) refusal where code is not null;
update "webhook" set "secret" = $3::text, "previous_secret" = "webhook"."secret", "previous_secret_until" = $4::timestamptz, "version" = "webhook"."version" + 1, "changed_at" = "webhook"."changed_at" || jsonb_strip_nulls(jsonb_build_object('secret', "webhook"."version" + 1)), "updated_at" = $6::timestamp with time zone where ("webhook"."tenant" = $1::text and "webhook"."id" = $2::text);
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12)), '[]') as made from (select "version", "id", "url", "events", "description", "status", "disabled_reason", "failing_since", case when "last_at" is not null then json_build_object('at', to_char("webhook"."last_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'status', "webhook"."last_status", 'error', "webhook"."last_error") end, "previous_secret_until", "created_at", "updated_at", "secret" from "webhook" where (("webhook"."tenant" = $1::text and "webhook"."id" = $2::text) and "webhook"."status" <> 'deleted')) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12)
$use_case$
