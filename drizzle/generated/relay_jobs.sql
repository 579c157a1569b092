create or replace function relay_jobs_32dd0467(
  "p_tenants" text[], "p_now" timestamp with time zone, "p_limit" int
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0, c1, c2) as (update "job" set "due_at" = $2::timestamp with time zone + least(interval '1 minute' * 2 ^ least("job"."relays" + 1, 10), interval '1 hour'), "relays" = "job"."relays" + 1 where "job".ctid = any(array((select ctid from "job" where ("job"."due_at" <= $2::timestamp with time zone and ("job"."tenant" = any($1::text[]))) order by "job"."due_at" limit $3::int for update skip locked))) returning "tenant", "id", "kind") select (select coalesce(json_agg(json_build_array(c0, c1, c2)), '[]') from answer) as made
$use_case$
