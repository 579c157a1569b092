create or replace function find_customer_to_mirror_dd1a7127(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6)), '[]') as made from (select "job"."payload" ->> 'customer', "job"."payload" ->> 'user', "customer"."status", "customer"."email_key", ("customer"."email_verified_at" is not null), "customer"."provisional", "customer"."password_hash" from "job" left join "customer" on ("customer"."tenant" = "job"."tenant" and "customer"."id" = "job"."payload" ->> 'customer') where ("job"."tenant" = $1::text and "job"."id" = $2::text)) answer (c0, c1, c2, c3, c4, c5, c6)
$use_case$
