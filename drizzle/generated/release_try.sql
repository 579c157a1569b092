create or replace function release_try_10a005a6(
  "p_tenant" text, "p_keys" text[], "p_forgotten" text[]
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "key" from "failure" where ("failure"."tenant" = $1::text and ("failure"."key" = any($2::text[]))) order by "failure"."key" for update;
delete from "failure" where (("failure"."tenant" = $1::text and ("failure"."key" = any($3::text[]))) or (("failure"."tenant" = $1::text and ("failure"."key" = any($2::text[]))) and "failure"."count" <= 1));
with answer (c0) as (update "failure" set "count" = "failure"."count" - 1, "blocked_until" = case when "failure"."alarm" = 'failed_logins_of_account' and "failure"."count" > 100
        then "failure"."blocked_until" else '-infinity' end where ("failure"."tenant" = $1::text and ("failure"."key" = any($2::text[]))) returning "key") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
