-- Head of adding an address: locks the customer first and only then counts. A twin of what is there needs no room.
create or replace function lock_address_book(a_tenant text, a_customer text, a_sameness text, a_max int) returns void
language plpgsql volatile as $$
begin
  perform lock_customer(a_tenant, a_customer);
  if (select count(*) >= a_max and not coalesce(bool_or(sameness = a_sameness), false)
      from address where tenant = a_tenant and customer_id = a_customer) then
    perform refuse('address_limit_reached');
  end if;
end $$;
