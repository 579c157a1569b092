create or replace function replay_dead_letter_9101d9ab(
  "p_tenant" text, "p_id" text, "p_now" timestamptz, "p_to" text, "p_order" jsonb, "p_job" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "dead_letter" where ("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text) for update;
select refuse(code) from (select case when not exists (select "id" from "dead_letter" where ("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text)) then 'dead_letter_not_found' when (not ($5::jsonb is not null) and exists (select "id" from "dead_letter" where (("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text) and "dead_letter"."kind" = 'unreadable'))) then 'dead_letter_unreadable' end as code ) refusal where code is not null;
update "dead_letter" set "kind" = case when ($5::jsonb is not null) then 'order' else "dead_letter"."kind" end, "payload" = coalesce($5::jsonb, "dead_letter"."payload"), "replayed_at" = $3::timestamptz where (("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text) and "dead_letter"."replayed_at" is null);
insert into "job" ("tenant", "id", "kind", "payload", "due_at", "created_at") select $4::text, "dead_letter"."subject", "dead_letter"."kind", "dead_letter"."payload", $3::timestamptz + interval '1 minute', $3::timestamptz from "dead_letter" where (("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text) and ("dead_letter".xmin = pg_current_xact_id()::xid) and "dead_letter"."payload" is not null) on conflict do nothing;
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9)), '[]') as made from (select "subject", ("dead_letter".xmin = pg_current_xact_id()::xid), exists (select "id" from "job" where ("job"."tenant" = $4::text and "job"."id" = coalesce($6::text, "dead_letter"."subject"))), "id", "queue", "kind", "body", "attempts", "created_at", "replayed_at" from "dead_letter" where ("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text)) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9)
$use_case$
