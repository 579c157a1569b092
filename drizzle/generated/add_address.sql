-- An address for a customer's book, the defaults it is wished for, and word of it, in one call: this is how a book is mostly written
-- to. When nothing is new, not even that someone vouches for what was there, nothing is told. A twin of what is there needs no room.
-- Refuses as hold_customer does, and address_limit_reached.
create or replace function add_address(
  a_tenant text, a_customer text, a_address jsonb, a_max int, a_shipping text, a_billing text,
  a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz,
  out created boolean, out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  it customer := hold_customer(a_tenant, a_customer);
  held address;
  moved boolean := false;
begin
  if (select count(*) >= a_max and not coalesce(bool_or(sameness = a_address ->> 'sameness'), false)
      from address where tenant = a_tenant and customer_id = a_customer) then
    perform refuse('address_limit_reached');
  end if;
  held := insert_address(a_tenant, a_customer, a_address, a_now);
  created := held.id = a_address ->> 'id';
  -- A new address that is wished for nothing takes a default from nobody.
  if not created or it.default_shipping_id is null or it.default_billing_id is null or a_shipping is not null or a_billing is not null then
    moved := settle_default_addresses(a_tenant, a_customer, a_shipping, a_billing);
  end if;
  if moved then
    select * into it from customer where tenant = a_tenant and id = a_customer;
    select * into held from address where tenant = a_tenant and id = held.id;
  end if;
  if created or moved then
    if emit(a_tenant, a_customer, a_event, a_job, 'customer.updated', array['addresses'],
      address_row_change(it, held, held.id, case when created then 'added' else 'changed' end), a_actor, a_request, a_now) is not null
    then jobs := array[a_job]; end if;
  end if;
  document := json_build_object('version', held.version,
    'address', address_row_document(held, it.default_shipping_id, it.default_billing_id));
end $$;
