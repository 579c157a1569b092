create or replace function enqueue_later_mirror_591ff11d(
  "p_tenant" text, "p_id" text, "p_dueAt" timestamp with time zone, "p_createdAt" timestamp with time zone, "p_customerId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
insert into "job" ("tenant", "id", "kind", "payload", "due_at", "relays", "created_at") values ($1::text, $2::text, 'mirror', jsonb_build_object('customer', $5::text), $3::timestamp with time zone, default, $4::timestamp with time zone);
select '[]'::json as made
$use_case$
