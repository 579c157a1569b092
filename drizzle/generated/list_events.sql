create or replace function list_events_a13df5b5(
  "p_tenant" text, "p_after" text, "p_place" bigint, "p_types" text[], "p_window" int, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_sort = off
as $use_case$
select refuse(code, case code when 'event_not_found' then "event_not_found" end) from (select case when (($2::text is not null) and not exists (select "place" from "event" where ("event"."tenant" = $1::text and "event"."id" = $2::text))) then 'event_not_found' end as code, '[{"path":"after","code":"event_not_found","message":"No stored event has this id."}]' as "event_not_found" ) refusal where code is not null;
select set_config('customer.feed_ends', feed_end_a78e13b2()::text, true) where true;
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8)), '[]') as made from (select "place", "nth", "id", "type", "at", "sequence", "actor", "request_id", "data" from (select "place", "id", "type", "sequence", "data", "actor", "request_id", "at", row_number() over (order by "place") as "nth" from (select "tenant", "id", "customer_id", "sequence", "type", "data", "actor", "request_id", "at", "place" from "event" where "event"."tenant" = $1::text) "source" where ("source"."place" > coalesce((select "place" as "value" from (select "place" from "event" where ("event"."tenant" = $1::text and "event"."id" = $2::text)) "start"), $3::bigint) and "source"."place" <= current_setting('customer.feed_ends')::bigint) order by "source"."place" limit $5::int) "window" where (not ($4::text[] is not null) or ("window"."type" = any($4::text[])) or "nth" = $5::int) order by "window"."place" limit $6::int) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8)
$use_case$
