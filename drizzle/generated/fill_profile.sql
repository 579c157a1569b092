create or replace function fill_profile_2b861322(
  "p_tenant" text, "p_survivorId" text, "p_mergedId" text, "p_profile" jsonb, "p_metadata" jsonb
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "customer" set "external_id" = case when $4::jsonb ? 'externalId' then ($4::jsonb ->> 'externalId')::text else "customer"."external_id" end, "first_name" = case when $4::jsonb ? 'firstName' then ($4::jsonb ->> 'firstName')::text else "customer"."first_name" end, "last_name" = case when $4::jsonb ? 'lastName' then ($4::jsonb ->> 'lastName')::text else "customer"."last_name" end, "first_name_key" = case when $4::jsonb ? 'firstName' then "merged"."first_name_key" else "customer"."first_name_key" end, "last_name_key" = case when $4::jsonb ? 'lastName' then "merged"."last_name_key" else "customer"."last_name_key" end, "phone" = case when $4::jsonb ? 'phone' then ($4::jsonb ->> 'phone')::text else "customer"."phone" end, "locale" = case when $4::jsonb ? 'locale' then ($4::jsonb ->> 'locale')::text else "customer"."locale" end, "metadata" = $5::jsonb || "customer"."metadata" from "customer" "merged" where ("customer"."tenant" = $1::text and "customer"."id" = $2::text and "merged"."tenant" = $1::text and "merged"."id" = $3::text);
select '[]'::json as made
$use_case$
