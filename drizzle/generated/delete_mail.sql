create or replace function delete_mail_88254f05(
  "p_tenant" text, "p_id" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan
as $use_case$
with answer (c0) as (delete from "mail" where ("mail"."tenant" = $1::text and "mail"."id" = $2::text) returning "id") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
