create or replace function find_dead_letter_f3ebda57(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6)), '[]') as made from (select "id", "queue", "kind", "body", "attempts", "created_at", "replayed_at" from "dead_letter" where ("dead_letter"."tenant" = $1::text and "dead_letter"."id" = $2::text)) answer (c0, c1, c2, c3, c4, c5, c6)
$use_case$
