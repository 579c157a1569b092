create or replace function find_customer_email_key_9fdaf669(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0)), '[]') as made from (select "email_key" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = $2::text)) answer (c0)
$use_case$
