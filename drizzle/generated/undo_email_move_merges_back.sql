create or replace function undo_email_move_merges_back_035b966b(
  "p_tenant" text, "p_now" timestamp with time zone, "p_actor" jsonb, "p_request" text, "p_undoCurrency" text, "p_undoSince" timestamp with time zone, "p_undoAddress" text, "p_undoEvent" text, "p_undoJob" text, "p_undoMergedEvent" text, "p_undoMergedJob" text, "p_undoGroupEvent" text, "p_undoGroupJob" text, "p_customerId" text, "p_tokenId" text
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select undo_merges_of_moves_ad0b393f($1::text, $14::text, $15::text, $6::timestamp with time zone, $5::text, jsonb_build_object('address', $7::text, 'event', $8::text, 'job', $9::text, 'mergedEvent', $10::text, 'mergedJob', $11::text, 'groupEvent', $12::text, 'groupJob', $13::text), $3::jsonb, $4::text, $2::timestamp with time zone) where true;
select json_build_object('rows', '[]'::json, 'jobs', (select coalesce(json_agg(id), '[]') from (select id from job where tenant = $1::text and id between left($9::text, -4) || '0000' and left($9::text, -4) || 'zzzz' union all select id from job where tenant = $1::text and id between left($11::text, -4) || '0000' and left($11::text, -4) || 'zzzz' union all select id from job where tenant = $1::text and id between left($13::text, -4) || '0000' and left($13::text, -4) || 'zzzz') written)) as made
$use_case$
