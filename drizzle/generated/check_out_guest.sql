create or replace function check_out_guest_6c4dc18f(
  "p_tenant" text, "p_now" timestamp with time zone, "p_actor" jsonb, "p_request" text, "p_event" text, "p_job" text, "p_email" text, "p_firstName" text, "p_lastName" text, "p_phone" text, "p_locale" text, "p_id" text, "p_emailKey" text, "p_firstNameKey" text, "p_lastNameKey" text, "p_silent" boolean
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select pg_advisory_xact_lock(hashtextextended($1::text || chr(31) || $13::text, 1)) where true;
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select make_or_rehearse_guest_266e7b65($1::text, $2::timestamp with time zone, $3::jsonb, $4::text, $5::text, $6::text, $12::text, $7::text, $13::text, $8::text, $9::text, $10::text, $11::text, $14::text, $15::text, $16::boolean) is null, array[$6::text] from (select) asked) answer (c0, c1)
$use_case$
