create or replace function delete_webhook_e8e6a8b8(
  "p_tenant" text, "p_id" text, "p_accepted" int8multirange, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "webhook" where ("webhook"."tenant" = $1::text and "webhook"."id" = $2::text) for no key update;
select refuse(code) from (select case when not exists (select "id" from "webhook" where (("webhook"."tenant" = $1::text and "webhook"."id" = $2::text) and "webhook"."status" <> 'deleted')) then 'webhook_not_found' end as code ) refusal where code is not null;
select refuse(code, case code when 'precondition_failed' then "precondition_failed" end) from (select case when (($3::int8multirange is not null) and not "webhook"."version"::bigint <@ $3::int8multirange) then 'precondition_failed' end as code, jsonb_path_query_array("webhook"."changed_at", '$.keyvalue() ? (@.value >= $since).key', jsonb_build_object('since',
    coalesce(upper($3::int8multirange * int8multirange(int8range(null, "webhook"."version"))), 1)))::text as "precondition_failed" from "webhook" where (($3::int8multirange is not null) and ("webhook"."tenant" = $1::text and "webhook"."id" = $2::text))) refusal where code is not null;
update "webhook" set "url" = 'https://' || coalesce(substring("webhook"."url" from '^[^:]+://(?:[^/?#]*@)?([^/:?#]+)'), ''), "description" = null, "status" = 'deleted', "secret" = '', "previous_secret" = null, "updated_at" = $4::timestamp with time zone where ("webhook"."tenant" = $1::text and "webhook"."id" = $2::text);
select '[]'::json as made
$use_case$
