create or replace function find_answer_c3bedde7(
  "p_tenant" text, "p_scope" text, "p_key" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select "answer" from "idempotency" where ("idempotency"."tenant" = $1::text and "idempotency"."scope" = $2::text and "idempotency"."key" = $3::text)) answer (c0)
$use_case$
