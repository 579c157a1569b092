create or replace function forget_statistics_of_people_27983106(
  
) returns json
language sql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $use_case$
select forget_statistics_f9b57724('{"customer":["external_id","email_key","first_name_key","last_name_key","password_hash"],"address":["sameness"],"attempt":["email_key","password_hash"],"email_change":["old_email_key"],"session_token":["hash"],"passkey":["credential_id"],"linked_identity":["identity"],"mail_token":["email_key"],"find_key":["value"],"name_word":["word"],"name_spelling":["spelling","word"]}'::jsonb) where true;
select '[]'::json as made
$use_case$
