create or replace function store_dead_letters_4a5b9762(
  "p_tenant" text, "p_queue" text, "p_letters" json, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with "dropped" as (delete from "job" where ("job"."tenant" = $1::text and ("job"."id", "job"."kind") in (select "letter"."subject", "letter"."kind" from json_to_recordset($3::json) as "letter" ("id" text, "kind" text, "subject" text, "attempts" integer, "body" text, "payload" text, "isJob" boolean))) returning "id", "kind", "payload") insert into "dead_letter" ("tenant", "id", "queue", "kind", "subject", "body", "payload", "attempts", "created_at") select $1::text, "letter"."id", $2::text, "letter"."kind", "letter"."subject", "letter"."body"::json, coalesce("dropped"."payload", "letter"."payload"::jsonb), "letter"."attempts", $4::timestamp with time zone from json_to_recordset($3::json) as "letter" ("id" text, "kind" text, "subject" text, "attempts" integer, "body" text, "payload" text, "isJob" boolean)
          left join "dropped" on "dropped"."id" = "letter"."subject" and "dropped"."kind" = "letter"."kind"
          where "dropped"."id" is not null or not "letter"."isJob" on conflict do nothing;
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select "id" from "dead_letter" where ("dead_letter"."tenant" = $1::text and "dead_letter"."id" in (select "letter"."id" from json_to_recordset($3::json) as "letter" ("id" text, "kind" text, "subject" text, "attempts" integer, "body" text, "payload" text, "isJob" boolean)))) answer (c0)
$use_case$
