create or replace function store_answer_cf96d36f(
  "p_storeTenant" text, "p_storeScope" text, "p_storeKey" text, "p_storeFingerprint" text, "p_storeFields" json, "p_made" json, "p_storeSubject" text, "p_storeAt" timestamp with time zone
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
with answer (c0) as (insert into "idempotency" ("tenant", "scope", "key", "fingerprint", "answer", "subject_id", "created_at") values ($1::text, $2::text, $3::text, $4::text, json_build_object('fields', $5::json, 'made', $6::json), $7::text, $8::timestamp with time zone) on conflict ("tenant","scope","key") do update set "fingerprint" = excluded.fingerprint, "answer" = excluded.answer, "subject_id" = excluded.subject_id, "created_at" = excluded.created_at returning "answer") select (select coalesce(json_agg(json_build_array(c0)), '[]') from answer) as made
$use_case$
