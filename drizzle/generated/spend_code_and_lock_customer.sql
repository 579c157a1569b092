create or replace function spend_code_and_lock_customer_59a2c5ea(
  "p_tenant" text, "p_handle" text, "p_tokenId" text, "p_quotas" text[], "p_customerId" text, "p_emailKey" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = $5::text) for no key update;
with "spent" as (delete from "mail_token" where ("mail_token"."tenant" = $1::text and "mail_token"."subject" = $2::text) returning "id") select refuse('invalid_credentials') is null from (select) asked where not exists (select "id" from "spent" where "spent"."id" = $3::text);
delete from "quota" where ("quota"."tenant" = $1::text and ("quota"."key" = any($4::text[])));
select refuse(code) from (select case when not exists (select "id" from "customer" where (("customer"."tenant" = $1::text and "customer"."id" = $5::text) and ("customer"."email_key" = $6::text and "customer"."status" in ('unverified', 'active')))) then 'invalid_credentials' end as code ) refusal where code is not null;
select '[]'::json as made
$use_case$
