create or replace function list_sessions_0884dfdd(
  "p_tenant" text, "p_customerId" text, "p_now" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select coalesce(json_agg(json_build_array(c0, c1, c2, c3, c4, c5, c6, c7, c8)), '[]') as made from (select "customer"."id", "session"."id", "session"."client_id", "session"."user_agent", "session"."address", "session"."proven_at", "session"."created_at", "session"."last_used_at", "session"."expires_at" from "customer" left join "session" on ("session"."tenant" = "customer"."tenant" and "session"."customer_id" = "customer"."id" and "session"."expires_at" > $3::timestamp with time zone) where (("customer"."tenant" = $1::text and "customer"."id" = $2::text) and "customer"."status" not in ('erased', 'deleted')) order by "session"."created_at" desc, "session"."id" desc) answer (c0, c1, c2, c3, c4, c5, c6, c7, c8)
$use_case$
