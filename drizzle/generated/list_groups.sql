create or replace function list_groups_d9892796(
  "p_tenant" text, "p_after" text, "p_limit" int, "p_most" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6)), '[]') as made from (select "total", "page"."key", "page"."name", "page"."description", "page"."metadata", "page"."created_at", "page"."updated_at" from (select count(*)::int as "total" from (select 1 as "found" from "group" where ("group"."tenant" = $1::text and "group"."dissolved_at" is null) limit $4::int) "some") "counted" left join (select "tenant", "key", "name", "description", "metadata", "rule", "version", "changed_at", "created_at", "updated_at", "dissolved_at" from "group" where (("group"."tenant" = $1::text and "group"."dissolved_at" is null) and "group"."key" > $2::text) order by "group"."key" limit $3::int) "page" on true order by "page"."key") answer (c0, c1, c2, c3, c4, c5, c6)
$use_case$
