-- Changes what a_change names and differs, and tells which fields a reader sees changed; when none does, nothing happens. a_change
-- holds columns by their names; its metadata is merged into what is there (RFC 7396). Another address, not only another spelling of
-- it, is neither verified nor claimed. Whoever wants the same address or external id waits, so that no unique index has to say no,
-- for Postgres logs the values that break one. Refuses as hold_customer does, and email_taken, external_id_taken, too_much_metadata.
create or replace function change_customer(
  a_tenant text, a_id text, a_version int, a_change jsonb, a_metadata_keys int, a_currency text,
  a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz,
  out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  it customer;
  became customer;
  fields text[];
begin
  if a_change ? 'email_key' then perform lock_email(a_tenant, a_change ->> 'email_key'); end if;
  it := hold_customer(a_tenant, a_id, a_version);
  became := jsonb_populate_record(it, a_change);

  if became.email_key <> it.email_key then
    if exists (
      select from customer other where other.tenant = a_tenant and other.email_key = became.email_key and other.id <> a_id
        and other.status = any(case when it.status = 'guest' then array['guest'] else array['unverified', 'active', 'disabled'] end))
      then perform refuse('email_taken'); end if;
    became.claimed_at := null;
    became.email_verified_at := null;
    became.status := case when it.status = 'active' then 'unverified' else it.status end;
  end if;
  if a_change ? 'external_id' then perform hold_external_id(a_tenant, became.external_id, a_id); end if;
  if a_change ? 'metadata' then
    became.metadata := merge_patch(it.metadata, a_change -> 'metadata');
    if (select count(*) from jsonb_object_keys(became.metadata)) > a_metadata_keys then perform refuse('too_much_metadata'); end if;
  end if;

  fields := array_remove(array[
    case when became.email <> it.email then 'email' end,
    case when (became.email_verified_at is null) <> (it.email_verified_at is null) then 'emailVerified' end,
    case when became.external_id is distinct from it.external_id then 'externalId' end,
    case when became.first_name is distinct from it.first_name then 'firstName' end,
    case when became.last_name is distinct from it.last_name then 'lastName' end,
    case when became.locale is distinct from it.locale then 'locale' end,
    case when became.metadata <> it.metadata then 'metadata' end,
    case when became.phone is distinct from it.phone then 'phone' end,
    case when became.status <> it.status then 'status' end], null);
  if cardinality(fields) > 0 then
    -- Apart, for each column named here has triggers that look at it.
    if became.email <> it.email then
      update customer set email = became.email, email_key = became.email_key, claimed_at = became.claimed_at,
          email_verified_at = became.email_verified_at, status = became.status, updated_at = a_now
        where tenant = a_tenant and id = a_id;
    end if;
    update customer set
      first_name = became.first_name, first_name_key = became.first_name_key,
      last_name = became.last_name, last_name_key = became.last_name_key,
      phone = became.phone, locale = became.locale, external_id = became.external_id, metadata = became.metadata,
      sequence = sequence + 1, version = version + 1, updated_at = a_now,
      changed_at = changed_at || (select jsonb_object_agg(field, it.version + 1) from unnest(fields) field)
      where tenant = a_tenant and id = a_id returning * into it;
    jobs := array[tell(it, a_event, a_job, 'customer.updated', fields, '{}', a_actor, a_request, a_now)];
  end if;
  document := json_build_object('version', it.version, 'mergedFrom', null, 'customer', customer_row_document(it, a_currency));
end $$;
