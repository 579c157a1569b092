set check_function_bodies = off;
--> statement-breakpoint
-- Waits for whoever takes the same external id, and refuses one that another customer has. Null is nobody's.
create or replace function hold_external_id(a_tenant text, a_external_id text, a_customer text) returns boolean
language plpgsql volatile as $$
begin
  if a_external_id is null then return true; end if;
  perform pg_advisory_xact_lock(hashtextextended(a_tenant || chr(31) || a_external_id, 2));
  if exists (select from customer where tenant = a_tenant and external_id = a_external_id and status <> 'deleted' and id <> a_customer)
    then perform refuse('external_id_taken'); end if;
  return true;
end $$;
--> statement-breakpoint
-- An account, unless one holds its address: then nothing, or the refusal a_taken. Whoever wants the same address or external id waits,
-- so that no unique index has to say no, for Postgres logs the values that break one. With a_event, what only a storefront's login
-- made makes room first. Returns the sequence of that event, null when there was nothing in the way.
create or replace function insert_account(
  a_tenant text, a_account jsonb, a_now timestamptz, a_taken text,
  a_event text, a_job text, a_actor jsonb, a_request text
) returns int
language plpgsql volatile as $$
declare
  displaced int;
begin
  perform lock_email(a_tenant, a_account ->> 'email_key');
  if a_event is not null then
    displaced := displace_provisional(a_tenant, a_account ->> 'email_key', a_event, a_job, a_actor, a_request, a_now);
  end if;
  insert into customer (tenant, id, external_id, email, email_key, first_name, last_name, first_name_key, last_name_key,
      phone, locale, status, provisional, email_verified_at, claimed_at, password_hash, metadata, created_at, updated_at)
    select a_tenant, id, external_id, email, email_key, first_name, last_name, first_name_key, last_name_key,
      phone, locale, status, provisional, proven_at, proven_at, password_hash, metadata, a_now, a_now
    from jsonb_to_record(a_account) as it (id text, external_id text, email text, email_key text, first_name text, last_name text,
      first_name_key text, last_name_key text, phone text, locale text, status text, provisional boolean, proven_at timestamptz,
      password_hash text, metadata jsonb)
    where hold_external_id(a_tenant, it.external_id, it.id)
    on conflict (tenant, email_key) where status in ('unverified', 'active', 'disabled') do nothing;
  if not found and a_taken is not null then perform refuse(a_taken); end if;
  return displaced;
end $$;
