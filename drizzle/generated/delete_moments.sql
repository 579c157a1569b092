create or replace function delete_moments_8d4a1e49(
  "p_tenant" text, "p_groupKey" text, "p_id" text, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "key" from "group" where ("group"."tenant" = $1::text and "group"."key" = $2::text) for key share;
with answer (c0) as (delete from "rule_moment" where (ctid = any(array((select ctid from "rule_moment" where ("rule_moment"."tenant" = $1::text and "rule_moment"."group_key" = $2::text) limit $4::int))) and exists (select "group_task"."id" from "group_task" inner join "group" on ("group"."tenant" = "group_task"."tenant" and "group"."key" = "group_task"."group_key" and "group"."dissolved_at" is null and "group_task"."rule_number" in (0, "group"."rule_number")) where (("group_task"."tenant" = $1::text and "group_task"."group_key" = $2::text and "group_task"."id" = $3::text) and "group_task"."finished_at" is null))) returning "group_key") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
