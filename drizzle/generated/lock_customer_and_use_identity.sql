create or replace function lock_customer_and_use_identity_254edabf(
  "p_tenant" text, "p_identity" text, "p_customerId" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = $3::text) for no key update;
select refuse(code) from (select case when not exists (select "identity" from "linked_identity" where ("linked_identity"."tenant" = $1::text and "linked_identity"."customer_id" = $3::text and "linked_identity"."identity" = $2::text)) then 'invalid_credentials' end as code ) refusal where code is not null;
update "linked_identity" set "last_used_at" = $4::timestamp with time zone where ("linked_identity"."tenant" = $1::text and "linked_identity"."customer_id" = $3::text and "linked_identity"."identity" = $2::text);
select '[]'::json as made
$use_case$
