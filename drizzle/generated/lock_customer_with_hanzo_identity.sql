create or replace function lock_customer_with_hanzo_identity_bf96a4bc(
  "p_tenant" text, "p_identity" text, "p_customerId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = $3::text) for no key update;
select refuse(code) from (select case when not exists (select "id" from "customer" where (("customer"."tenant" = $1::text and "customer"."id" = $3::text) and (split_part("customer"."password_hash", '$', 3) = $2::text and "customer"."password_hash" like '$hanzo$%'))) then 'invalid_credentials' end as code ) refusal where code is not null;
select '[]'::json as made
$use_case$
