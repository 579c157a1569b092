create or replace function expect_user_e5bbd063(
  "p_tenant" text, "p_id" text, "p_dueAt" timestamp with time zone, "p_createdAt" timestamp with time zone, "p_customerId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan
as $use_case$
insert into "job" ("tenant", "id", "kind", "payload", "due_at", "created_at") select $1::text, $2::text, 'mirror', jsonb_build_object('customer', $5::text), $3::timestamp with time zone, $4::timestamp with time zone ;
select '[]'::json as made
$use_case$
