-- Makes room for an account that a service creates. A provisional account with the same address becomes a guest: a stranger's login
-- made it, and its address is unproven. If the address has a guest already, the account is deleted, unless it has orders. The guest
-- keeps the metadata that only services write.
-- Returns the event's sequence, null when there was no provisional account to displace.
-- SQL by hand: it is rare and branches three ways; as statements it would slow down every new account.
-- May be null: request.
create or replace function displace_provisional_de715f09(
  a_tenant text, a_email_key text, a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz,
  a_service_keys text[]
) returns int
language plpgsql volatile as $$
declare
  account customer;
  has_guest boolean;
  kept jsonb;
begin
  select * into account from customer where tenant = a_tenant and email_key = a_email_key and status = 'unverified' and provisional
    for no key update;
  if not found then return null; end if;
  has_guest := exists (select from customer where tenant = a_tenant and email_key = a_email_key and status = 'guest');
  if has_guest and account.order_count > 0 then return null; end if;
  update customer set status = case when has_guest then 'deleted' else 'guest' end, provisional = false, password_hash = null
    where tenant = a_tenant and id = account.id;
  if has_guest then
    delete from membership where tenant = a_tenant and customer_id = account.id;
    delete from rule_moment where tenant = a_tenant and customer_id = account.id;
  else
    -- The owner must not inherit data that a stranger wrote.
    kept := (select coalesce(jsonb_object_agg(m.key, m.value), '{}') from jsonb_each(account.metadata) m where m.key = any(a_service_keys));
    update customer set unproven = true, metadata = kept where tenant = a_tenant and id = account.id;
    update address set unproven = true where tenant = a_tenant and customer_id = account.id;
    perform assign_default_addresses_6826403a(a_tenant, account.id, null, null);
  end if;
  return append_event_64ceac17(a_tenant, account.id, a_event, a_job, case when has_guest then 'customer.deleted' else 'customer.updated' end,
    case when has_guest then '{}'::text[] when kept = account.metadata then array['status'] else array['status', 'metadata'] end, '{}', a_actor, a_request, a_now);
end $$;
