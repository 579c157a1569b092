create or replace function lock_customer_by_password_99be13f4(
  "p_tenant" text, "p_id" text, "p_credential" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = $2::text) for no key update;
select refuse(code) from (select case when not exists (select "id" from "customer" where (("customer"."tenant" = $1::text and "customer"."id" = $2::text) and "customer"."password_hash" = $3::text)) then 'invalid_credentials' end as code ) refusal where code is not null;
select '[]'::json as made
$use_case$
