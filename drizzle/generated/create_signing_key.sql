create or replace function create_signing_key_d9f96c81(
  "p_id" text, "p_publicJwk" jsonb, "p_privateKey" text, "p_signsFrom" timestamp with time zone, "p_createdAt" timestamp with time zone, "p_expiresAt" timestamp with time zone, "p_enoughAfter" timestamptz
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select pg_advisory_xact_lock(hashtext('signing_key')) where true;
insert into "signing_key" ("id", "public_jwk", "private_key", "signs_from", "created_at", "expires_at") select $1::text, $2::jsonb, $3::text, $4::timestamp with time zone, $5::timestamp with time zone, $6::timestamp with time zone where not exists (select "id" from "signing_key" where ("signing_key"."expires_at" > $5::timestamp with time zone and "signing_key"."signs_from" > $7::timestamptz));
select '[]'::json as made
$use_case$
