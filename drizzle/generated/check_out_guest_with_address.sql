create or replace function check_out_guest_with_address_4b9c17bd(
  "p_tenant" text, "p_now" timestamp with time zone, "p_actor" jsonb, "p_request" text, "p_event" text, "p_job" text, "p_email" text, "p_firstName" text, "p_lastName" text, "p_phone" text, "p_locale" text, "p_id" text, "p_emailKey" text, "p_firstNameKey" text, "p_lastNameKey" text, "p_silent" boolean, "p_addressLabel" text, "p_addressFirstName" text, "p_addressLastName" text, "p_addressCompany" text, "p_addressLine1" text, "p_addressLine2" text, "p_addressCity" text, "p_addressState" text, "p_addressPostalCode" text, "p_addressCountry" text, "p_addressPhone" text, "p_addressId" text, "p_addressSameness" text, "p_addressKeys" jsonb
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select pg_advisory_xact_lock(hashtextextended($1::text || chr(31) || $13::text, 1)) where true;
select coalesce(json_agg(json_build_array(c0, c1)), '[]') as made from (select make_or_rehearse_guest_266e7b65($1::text, $2::timestamp with time zone, $3::jsonb, $4::text, $5::text, $6::text, $12::text, $7::text, $13::text, $8::text, $9::text, $10::text, $11::text, $14::text, $15::text, $16::boolean, $17::text, $18::text, $19::text, $20::text, $21::text, $22::text, $23::text, $24::text, $25::text, $26::text, $27::text, $28::text, $29::text, $30::jsonb) is null, array[$6::text] from (select) asked) answer (c0, c1)
$use_case$
