create or replace function replay_dead_letter_ed2001df(
  "p_tenant" text, "p_id" text, "p_now" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "dead_letter" where ("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text) for update;
select refuse(code) from (select case when not exists (select "id" from "dead_letter" where ("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text)) then 'dead_letter_not_found' when exists (select "id" from "dead_letter" where (("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text) and "dead_letter"."kind" = 'unreadable')) then 'dead_letter_unreadable' end as code ) refusal where code is not null;
update "dead_letter" set "replayed_at" = $3::timestamptz where (("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text) and "dead_letter"."replayed_at" is null);
insert into "job" ("tenant", "id", "kind", "payload", "due_at", "created_at") select $1::text, "dead_letter"."subject", "dead_letter"."kind", "dead_letter"."payload", $3::timestamptz + interval '1 minute', $3::timestamptz from "dead_letter" where (("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text) and ("dead_letter".xmin = pg_current_xact_id()::xid) and "dead_letter"."payload" is not null) on conflict do nothing;
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8)), '[]') as made from (select "subject", ("dead_letter".xmin = pg_current_xact_id()::xid), "id", "queue", "kind", "body", "attempts", "created_at", "replayed_at" from "dead_letter" where ("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text)) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8)
$use_case$
