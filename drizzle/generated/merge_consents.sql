create or replace function merge_consents_36dff5cf(
  "p_tenant" text, "p_survivorId" text, "p_mergedId" text, "p_merge" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
insert into "consent" ("tenant", "customer_id", "purpose", "state", "source", "merge_id", "created_at") select $1::text, $2::text, theirs.key, theirs.value, 'merge', $4::text, $5::timestamp with time zone from "customer" "merged"
      cross join "customer" "survivor"
      cross join lateral jsonb_each_text("merged"."consents") theirs
      where ("merged"."tenant" = $1::text and "merged"."id" = $3::text and "survivor"."tenant" = $1::text and "survivor"."id" = $2::text and coalesce(array_position(array['granted', 'pending', 'withdrawn'], "survivor"."consents" ->> theirs.key), 0) < array_position(array['granted', 'pending', 'withdrawn'], theirs.value));
update "customer" set "consents" = "customer"."consents" || coalesce((select jsonb_object_agg(theirs.key, theirs.value) from "customer" "merged"
      cross join "customer" "survivor"
      cross join lateral jsonb_each_text("merged"."consents") theirs
      where ("merged"."tenant" = $1::text and "merged"."id" = $3::text and "survivor"."tenant" = $1::text and "survivor"."id" = $2::text and coalesce(array_position(array['granted', 'pending', 'withdrawn'], "survivor"."consents" ->> theirs.key), 0) < array_position(array['granted', 'pending', 'withdrawn'], theirs.value))), '{}') where ("customer"."tenant" = $1::text and "customer"."id" = $2::text);
select '[]'::json as made
$use_case$
