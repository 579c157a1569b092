create or replace function spend_code_805e2e7b(
  "p_tenant" text, "p_handle" text, "p_tokenId" text, "p_quotas" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with "spent" as (delete from "mail_token" where ("mail_token"."tenant" = $1::text and "mail_token"."subject" = $2::text) returning "id") select refuse('invalid_credentials') is null from (select) asked where not exists (select "id" from "spent" where "spent"."id" = $3::text);
delete from "quota" where ("quota"."tenant" = $1::text and ("quota"."key" = any($4::text[])));
select '[]'::json as made
$use_case$
