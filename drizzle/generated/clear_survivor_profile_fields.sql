create or replace function clear_survivor_profile_fields_57af9e08(
  "p_tenant" text, "p_id" text, "p_fields" text[], "p_metadata" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "customer" set "external_id" = case when 'externalId' = any($3::text[]) then null else "customer"."external_id" end, "first_name" = case when 'firstName' = any($3::text[]) then null else "customer"."first_name" end, "last_name" = case when 'lastName' = any($3::text[]) then null else "customer"."last_name" end, "first_name_key" = case when 'firstName' = any($3::text[]) then '' else "customer"."first_name_key" end, "last_name_key" = case when 'lastName' = any($3::text[]) then '' else "customer"."last_name_key" end, "phone" = case when 'phone' = any($3::text[]) then null else "customer"."phone" end, "locale" = case when 'locale' = any($3::text[]) then null else "customer"."locale" end, "metadata" = "customer"."metadata" - $4::text[] where ("customer"."tenant" = $1::text and "customer"."id" = $2::text);
select '[]'::json as made
$use_case$
