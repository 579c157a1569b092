-- Written by npm run generate from src/db/personal. PostgreSQL keeps values of columns for its planner, also of rows that are gone, and of
-- tables that are empty. No plan needs those of these columns.

alter table "address"
  alter column label set statistics 0,
  alter column first_name set statistics 0,
  alter column last_name set statistics 0,
  alter column company set statistics 0,
  alter column line1 set statistics 0,
  alter column line2 set statistics 0,
  alter column city set statistics 0,
  alter column state set statistics 0,
  alter column postal_code set statistics 0,
  alter column country set statistics 0,
  alter column phone set statistics 0,
  alter column keys set statistics 0;
alter table "attempt"
  alter column email set statistics 0,
  alter column first_name set statistics 0,
  alter column last_name set statistics 0,
  alter column phone set statistics 0,
  alter column locale set statistics 0,
  alter column metadata set statistics 0;
alter table "authorization_code"
  alter column hash set statistics 0,
  alter column challenge set statistics 0,
  alter column user_agent set statistics 0,
  alter column address set statistics 0,
  alter column provider_tokens set statistics 0;
alter table "consent"
  alter column source set statistics 0,
  alter column text_version set statistics 0;
alter table "customer"
  alter column email set statistics 0,
  alter column first_name set statistics 0,
  alter column last_name set statistics 0,
  alter column phone set statistics 0,
  alter column locale set statistics 0,
  alter column disabled_reason set statistics 0,
  alter column metadata set statistics 0,
  alter column consents set statistics 0;
alter table "dead_letter"
  alter column body set statistics 0,
  alter column payload set statistics 0;
alter table "delivery"
  alter column response_body set statistics 0;
alter table "email_change"
  alter column old_email set statistics 0,
  alter column new_email set statistics 0,
  alter column new_email_key set statistics 0;
alter table "event"
  alter column data set statistics 0;
alter table "group_task"
  alter column filter set statistics 0;
alter table "idempotency"
  alter column answer set statistics 0;
alter table "mail"
  alter column recipient set statistics 0,
  alter column locale set statistics 0;
alter table "mail_token"
  alter column hash set statistics 0;
alter table "merge"
  alter column before set statistics 0,
  alter column password_hash set statistics 0,
  alter column profile set statistics 0,
  alter column metadata set statistics 0;
alter table "passkey"
  alter column public_key set statistics 0,
  alter column user_handle set statistics 0,
  alter column name set statistics 0;
alter table "scan_progress"
  alter column position set statistics 0;
alter table "session"
  alter column refresh_hash set statistics 0,
  alter column provider_refresh set statistics 0,
  alter column user_agent set statistics 0,
  alter column address set statistics 0;
alter table "signing_key"
  alter column private_key set statistics 0;
alter table "webhook"
  alter column secret set statistics 0,
  alter column previous_secret set statistics 0;
