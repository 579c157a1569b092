create or replace function list_members_a6e79d68(
  "p_tenant" text, "p_group" text, "p_after" text, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3)), '[]') as made from (select "page"."customer_id", "page"."source", "page"."added_at", "page"."expires_at" from "group" left join (select "tenant", "group_key", "customer_id", "source", "by_rule", "added_at", "expires_at" from "membership" where (("membership"."tenant" = $1::text and "membership"."group_key" = $2::text) and "membership"."customer_id" > $3::text) order by "membership"."customer_id" limit $4::int) "page" on true where (("group"."tenant" = $1::text and "group"."key" = $2::text) and "group"."dissolved_at" is null) order by "page"."customer_id") answer (c0, c1, c2, c3)
$use_case$
