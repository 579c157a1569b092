-- A guest and word of it, unless the address has one: then that one, as it is. A unique index decides, after waiting for whoever is
-- writing the same one. The guest that is answered with is kept from being merged until the commit. With a_merge it is noted that it
-- is due to become part of the address's account, if it is.
create or replace function create_guest(
  a_tenant text, a_guest jsonb, a_address jsonb, a_currency text, a_event text, a_job text, a_merge text, a_merge_job text,
  a_actor jsonb, a_request text, a_now timestamptz,
  out created boolean, out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  it customer;
begin
  insert into customer (tenant, id, email, email_key, first_name, last_name, first_name_key, last_name_key,
      phone, locale, status, unproven, sequence, created_at, updated_at)
    select a_tenant, id, email, email_key, first_name, last_name, first_name_key, last_name_key,
      phone, locale, 'guest', unproven, 1, a_now, a_now
    from jsonb_to_record(a_guest) as guest (id text, email text, email_key text, first_name text, last_name text,
      first_name_key text, last_name_key text, phone text, locale text, unproven boolean)
    on conflict (tenant, email_key) where status = 'guest' do nothing
    returning * into it;
  created := found;
  if created then
    if a_address is not null then
      perform insert_address(a_tenant, it.id, a_address, a_now);
      perform settle_default_addresses(a_tenant, it.id, null, null);
      update customer set changed_at = '{}' where tenant = a_tenant and id = it.id returning * into it;
    end if;
    jobs := array[tell(it, a_event, a_job, 'customer.created', '{}', '{}', a_actor, a_request, a_now)];
  else
    select * into it from customer
      where tenant = a_tenant and email_key = a_guest ->> 'email_key' and status = 'guest' for no key update;
    -- One that was merged while we looked leaves room for another: once more.
    if not found then raise serialization_failure; end if;
  end if;
  if a_merge is not null then
    jobs := jobs || enqueue_merge(a_tenant, it.email_key, a_merge, a_merge_job, a_now);
  end if;
  document := json_build_object('version', it.version, 'mergedFrom', null, 'customer', customer_row_document(it, a_currency));
end $$;
