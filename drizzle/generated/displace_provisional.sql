-- An account that a stranger's login made, and whose address nobody has proven, makes room for the one that a service makes of it:
-- it was never more than a guest, and is one from now on. Where there is a guest already, it goes when it has no orders to keep.
-- Returns the event's sequence, null when there was nothing in the way.
-- SQL by hand: it is rare and branches three ways; as statements it would slow down every new account.
-- May be null: request.
create or replace function displace_provisional_61700a92(
  a_tenant text, a_email_key text, a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz
) returns int
language plpgsql volatile as $$
declare
  account customer;
  has_guest boolean;
begin
  select * into account from customer where tenant = a_tenant and email_key = a_email_key and status = 'unverified' and provisional
    for no key update;
  if not found then return null; end if;
  has_guest := exists (select from customer where tenant = a_tenant and email_key = a_email_key and status = 'guest');
  if has_guest and account.order_count > 0 then return null; end if;
  update customer set status = case when has_guest then 'deleted' else 'guest' end, provisional = false, password_hash = null
    where tenant = a_tenant and id = account.id;
  if has_guest then delete from membership where tenant = a_tenant and customer_id = account.id;
  else
    -- What a stranger wrote is not the owner's to inherit.
    update customer set unproven = true where tenant = a_tenant and id = account.id;
    update address set unproven = true where tenant = a_tenant and customer_id = account.id;
    perform assign_default_addresses_1e2317be(a_tenant, account.id, null, null);
  end if;
  return append_event_04bbd527(a_tenant, account.id, a_event, a_job, case when has_guest then 'customer.deleted' else 'customer.updated' end,
    case when has_guest then '{}'::text[] else array['status'] end, '{}', a_actor, a_request, a_now);
end $$;
