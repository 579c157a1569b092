create or replace function find_group_24434cc4(
  "p_tenant" text, "p_group" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6)), '[]') as made from (select "version", "key", "name", "description", "metadata", "created_at", "updated_at" from "group" where (("group"."tenant" = $1::text and "group"."key" = $2::text) and "group"."dissolved_at" is null)) answer (c0, c1, c2, c3, c4, c5, c6)
$use_case$
