create or replace function update_group_001be374(
  "p_tenant" text, "p_group" text, "p_name" text, "p_description" text, "p_metadata" jsonb, "p_named" text[], "p_read" int, "p_metadataKeys" int, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan
as $use_case$
select "key" from "group" where ("group"."tenant" = $1::text and "group"."key" = $2::text) for update;
select refuse(code) from (select case when not exists (select "key" from "group" where (("group"."tenant" = $1::text and "group"."key" = $2::text) and "group"."dissolved_at" is null)) then 'group_not_found' end as code ) refusal where code is not null;
select refuse('precondition_failed', (select coalesce(string_agg(field.key, ',' order by field.key), '')
    from jsonb_each("group"."changed_at") field where field.value::int > $7::int))
    from "group" where (($7::int is not null) and "group"."version" <> $7::int and ("group"."tenant" = $1::text and "group"."key" = $2::text));
update "group" set "name" = case when ('name' = any($6::text[])) then $3::text else "group"."name" end, "description" = case when ('description' = any($6::text[])) then $4::text else "group"."description" end, "metadata" = case when ('metadata' = any($6::text[])) then (select coalesce(jsonb_object_agg(field.key, field.value), '{}')
      from jsonb_each("group"."metadata" || $5::jsonb) field where field.value <> 'null'::jsonb) else "group"."metadata" end, "version" = "group"."version" + 1, "changed_at" = "group"."changed_at" || jsonb_strip_nulls(jsonb_build_object('name', case when (('name' = any($6::text[])) and "group"."name" is distinct from $3::text) then "group"."version" + 1 end, 'description', case when (('description' = any($6::text[])) and "group"."description" is distinct from $4::text) then "group"."version" + 1 end, 'metadata', case when (('metadata' = any($6::text[])) and "group"."metadata" is distinct from (select coalesce(jsonb_object_agg(field.key, field.value), '{}')
      from jsonb_each("group"."metadata" || $5::jsonb) field where field.value <> 'null'::jsonb)) then "group"."version" + 1 end)), "updated_at" = $9::timestamp with time zone where (("group"."tenant" = $1::text and "group"."key" = $2::text) and ((('name' = any($6::text[])) and "group"."name" is distinct from $3::text) or (('description' = any($6::text[])) and "group"."description" is distinct from $4::text) or (('metadata' = any($6::text[])) and "group"."metadata" is distinct from (select coalesce(jsonb_object_agg(field.key, field.value), '{}')
      from jsonb_each("group"."metadata" || $5::jsonb) field where field.value <> 'null'::jsonb))));
select refuse(code) from (select case when (select count(*) from jsonb_object_keys("group"."metadata")) > $8::int then 'too_much_metadata' end as code from "group" where ("group"."tenant" = $1::text and "group"."key" = $2::text)) refusal where code is not null;
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6)), '[]') as made from (select "version", "key", "name", "description", "metadata", "created_at", "updated_at" from "group" where (("group"."tenant" = $1::text and "group"."key" = $2::text) and "group"."dissolved_at" is null)) answer (c0, c1, c2, c3, c4, c5, c6)
$use_case$
