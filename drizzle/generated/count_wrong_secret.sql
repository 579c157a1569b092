create or replace function count_wrong_secret_b0739bf9(
  "p_tenant" text, "p_key" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (insert into "failure" ("tenant", "key", "customer_id", "count", "last_at", "blocked_until", "alarm", "is_untold") values ($1::text, $2::text, default, 1, $3::timestamp with time zone, '-infinity', default, default) on conflict ("tenant","key") do update set "count" = case when "failure"."last_at" <= $3::timestamp with time zone - interval '1 minute' then 1 else "failure"."count" + 1 end, "last_at" = case when "failure"."last_at" <= $3::timestamp with time zone - interval '1 minute' then $3::timestamp with time zone else "failure"."last_at" end, "blocked_until" = case when (not "failure"."last_at" <= $3::timestamp with time zone - interval '1 minute' and "failure"."count" >= 20) then "failure"."last_at" + interval '1 minute' else '-infinity' end returning case when "blocked_until" > $3::timestamp with time zone then ceil(extract(epoch from "blocked_until" - $3::timestamp with time zone))::int else 0 end) select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
