create or replace function delete_webhook_49e345b8(
  "p_tenant" text, "p_id" text, "p_read" int, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan
as $use_case$
select "id" from "webhook" where ("webhook"."tenant" = $1::text and "webhook"."id" = $2::text) for no key update;
select refuse(code) from (select case when not exists (select "id" from "webhook" where (("webhook"."tenant" = $1::text and "webhook"."id" = $2::text) and "webhook"."status" <> 'deleted')) then 'webhook_not_found' end as code ) refusal where code is not null;
select refuse_stale($3::int, "webhook"."version", "webhook"."changed_at") from "webhook" where (($3::int is not null) and ("webhook"."tenant" = $1::text and "webhook"."id" = $2::text));
update "webhook" set "url" = '', "description" = null, "status" = 'deleted', "secret" = '', "previous_secret" = null, "updated_at" = $4::timestamp with time zone where ("webhook"."tenant" = $1::text and "webhook"."id" = $2::text);
select '[]'::json as made
$use_case$
