create or replace function list_dead_letters_60cadac4(
  "p_tenant" text, "p_after" text, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7)), '[]') as made from (select "id", "queue", "kind", "body", "attempts", "created_at", "replayed_at", "found"::int from (select "id", "queue", "kind", "body", "attempts", "created_at", "replayed_at", count(*) over () as "found", sum(octet_length("body"::text)) over (order by "page"."id" desc rows between unbounded preceding and 1 preceding) as "before" from (select "tenant", "id", "queue", "kind", "subject", "body", "payload", "attempts", "created_at", "replayed_at" from "dead_letter" where ("dead_letter"."tenant" = $1::text and "dead_letter"."id" < $2::text) order by "dead_letter"."id" desc limit $3::int) "page") "letter" where coalesce("before", 0) < 2097152 order by "letter"."id" desc) answer (c0, c1, c2, c3, c4, c5, c6, c7)
$use_case$
