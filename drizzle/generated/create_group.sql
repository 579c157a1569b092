create or replace function create_group_2926a5f1(
  "p_tenant" text, "p_key" text, "p_name" text, "p_description" text, "p_metadata" jsonb, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select refuse(code) from (select case when exists (select "key" from "group" where ("group"."tenant" = $1::text and "group"."key" = $2::text and "group"."dissolved_at" is not null)) then 'group_being_deleted' end as code ) refusal where code is not null;
insert into "group" ("tenant", "key", "name", "description", "metadata", "rule", "allow_shopper_values", "rule_number", "rule_reads", "version", "changed_at", "created_at", "updated_at", "dissolved_at") values ($1::text, $2::text, $3::text, $4::text, $5::jsonb, default, default, default, default, default, default, $6::timestamp with time zone, $6::timestamp with time zone, default);
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6)), '[]') as made from (select "version", "key", "name", "description", "metadata", "created_at", "updated_at" from "group" where (("group"."tenant" = $1::text and "group"."key" = $2::text) and "group"."dissolved_at" is null)) answer (c0, c1, c2, c3, c4, c5, c6)
$use_case$
