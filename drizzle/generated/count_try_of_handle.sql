create or replace function count_try_of_handle_53d222d4(
  "p_tenant" text, "p_handle" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (insert into "failure" ("tenant", "key", "customer_id", "count", "last_at", "blocked_until", "alarm", "client_id", "is_untold") values ($1::text, $2::text, default, 1, $3::timestamp with time zone, '-infinity', default, default, default) on conflict ("tenant","key") do update set "count" = "failure"."count" + 1, "last_at" = $3::timestamp with time zone returning "count") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
