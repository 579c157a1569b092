-- An account and word of it, unless one holds its address: then nothing, or the refusal a_taken. Whoever wants the same address or
-- external id waits, so that no unique index has to say no, for Postgres logs the values that break one. With a_left_event, what only
-- a storefront's login made makes room first, and that is told. The document is that of the account that has the address then; none
-- is made without a currency.
create or replace function create_account(
  a_tenant text, a_account jsonb, a_taken text, a_currency text,
  a_event text, a_job text, a_left_event text, a_left_job text, a_actor jsonb, a_request text, a_now timestamptz,
  out created boolean, out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  it customer;
begin
  perform lock_email(a_tenant, a_account ->> 'email_key');
  if a_left_event is not null and displace_provisional(
    a_tenant, a_account ->> 'email_key', a_left_event, a_left_job, a_actor, a_request, a_now) is not null
  then jobs := array[a_left_job]; end if;
  select * into it from customer
    where tenant = a_tenant and email_key = a_account ->> 'email_key' and status in ('unverified', 'active', 'disabled');
  created := not found;
  if not created and a_taken is not null then perform refuse(a_taken); end if;
  if created then
    insert into customer (tenant, id, external_id, email, email_key, first_name, last_name, first_name_key, last_name_key,
        phone, locale, status, provisional, email_verified_at, claimed_at, password_hash, metadata, sequence, created_at, updated_at)
      select a_tenant, id, external_id, email, email_key, first_name, last_name, first_name_key, last_name_key,
        phone, locale, status, provisional, proven_at, proven_at, password_hash, metadata, 1, a_now, a_now
      from jsonb_to_record(a_account) as account (id text, external_id text, email text, email_key text, first_name text, last_name text,
        first_name_key text, last_name_key text, phone text, locale text, status text, provisional boolean, proven_at timestamptz,
        password_hash text, metadata jsonb)
      where hold_external_id(a_tenant, account.external_id, account.id)
      on conflict (tenant, email_key) where status in ('unverified', 'active', 'disabled') do nothing
      returning * into it;
    -- Whoever writes the address waits for us, so that only one who does not ask can have been faster: once more.
    if not found then raise serialization_failure; end if;
    jobs := jobs || tell(it, a_event, a_job, 'customer.created', '{}', '{}', a_actor, a_request, a_now);
  end if;
  if a_currency is not null then
    document := json_build_object('version', it.version, 'mergedFrom', null, 'customer', customer_row_document(it, a_currency));
  end if;
end $$;
