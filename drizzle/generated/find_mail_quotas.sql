create or replace function find_mail_quotas_19d84282(
  "p_tenant" text, "p_id" text, "p_keys" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4)), '[]') as made from (select "key", "count", "since", "last_at", exists (select "id" from "mail" where ("mail"."tenant" = $1::text and "mail"."id" = $2::text)) from "quota" where ("quota"."tenant" = $1::text and ("quota"."key" = any($3::text[])))) answer (c0, c1, c2, c3, c4)
$use_case$
