-- An address, unless the customer has the very same; that one stays as it is, but is vouched for from now on if this one is: then it may
-- be a default, and has another version. Returns the one that is there then. The customer is locked before, and the defaults are settled
-- after.
create or replace function insert_address(a_tenant text, a_customer text, a_address jsonb, a_now timestamptz) returns address
language plpgsql volatile as $$
declare
  it address;
begin
  insert into address (tenant, id, customer_id, label, first_name, last_name, company, line1, line2, city, state, postal_code,
      country, phone, sameness, unproven, created_at, updated_at)
    select a_tenant, id, a_customer, label, first_name, last_name, company, line1, line2, city, state, postal_code,
      country, phone, sameness, unproven, a_now, a_now
    from jsonb_to_record(a_address) as given (id text, label text, first_name text, last_name text, company text,
      line1 text, line2 text, city text, state text, postal_code text, country text, phone text, sameness text, unproven boolean)
    on conflict (tenant, customer_id, sameness) do update set unproven = false, version = address.version + 1
      where address.unproven and not excluded.unproven
    returning * into it;
  if not found then
    select * into it from address
      where tenant = a_tenant and customer_id = a_customer and sameness = a_address ->> 'sameness';
  end if;
  return it;
end $$;
