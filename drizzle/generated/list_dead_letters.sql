create or replace function list_dead_letters_0a491e45(
  "p_tenant" text, "p_after" text, "p_limit" int, "p_most" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7)), '[]') as made from (select "total", "page"."id", "page"."queue", "page"."kind", "page"."body", "page"."attempts", "page"."created_at", "page"."replayed_at" from (select count(*)::int as "total" from (select 1 as "found" from "dead_letter" where "dead_letter"."tenant" = $1::text limit $4::int) "some") "counted" left join (select "tenant", "id", "queue", "kind", "subject", "body", "payload", "attempts", "created_at", "replayed_at" from "dead_letter" where ("dead_letter"."tenant" = $1::text and "dead_letter"."id" < $2::text) order by "dead_letter"."id" desc limit $3::int) "page" on true order by "page"."id" desc) answer (c0, c1, c2, c3, c4, c5, c6, c7)
$use_case$
