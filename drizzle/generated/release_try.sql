create or replace function release_try_92c73b50(
  "p_tenant" text, "p_account" text, "p_caller" text, "p_forget" boolean
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select "key" from "failure" where ("failure"."tenant" = $1::text and ("failure"."key" = $2::text or "failure"."key" = $3::text)) order by "failure"."key" for update;
delete from "failure" where ("failure"."tenant" = $1::text and "failure"."key" = $2::text and $4::boolean);
with answer (c0) as (update "failure" set "count" = greatest("failure"."count" - 1, 0), "blocked_until" = '-infinity' where ("failure"."tenant" = $1::text and ("failure"."key" = $2::text or "failure"."key" = $3::text)) returning "key") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
