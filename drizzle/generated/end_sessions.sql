create or replace function end_sessions_8ace5c79(
  "p_tenant" text, "p_customerId" text, "p_id" text, "p_intentions" boolean
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "id" from "customer" where ("customer"."tenant" = $1::text and "customer"."id" = $2::text) for no key update;
select refuse(code) from (select case when not exists (select "id" from "customer" where (("customer"."tenant" = $1::text and "customer"."id" = $2::text) and "customer"."status" not in ('erased', 'deleted'))) then 'customer_not_found' end as code ) refusal where code is not null;
select end_intentions($1::text, $2::text) where $4::boolean and ($3::text is null or exists (select "id" from "session" where ("session"."tenant" = $1::text and "session"."customer_id" = $2::text and coalesce("session"."id" = $3::text, true))));
update "customer" set "device_epoch" = "customer"."device_epoch" + 1 where (("customer"."tenant" = $1::text and "customer"."id" = $2::text) and $3::text is null);
with answer (c0, c1) as (delete from "session" where ("session"."tenant" = $1::text and "session"."customer_id" = $2::text and coalesce("session"."id" = $3::text, true)) returning "id", "provider_refresh") select (select coalesce(json_agg(json_build_array(c0, c1)), '[]') from answer) as made
$use_case$
