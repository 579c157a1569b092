create or replace function touch_release_f2f39327(
  "p_id" text, "p_now" timestamptz, "p_before" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
update "release" set "called_at" = $2::timestamptz where ("release"."id" = $1::text and ("release"."called_at" is null or "release"."called_at" < $3::timestamptz));
select '[]'::json as made
$use_case$
