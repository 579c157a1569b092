-- The addresses of the customer an id stands for, oldest first. Nothing when there is no such customer.
create or replace function address_list(a_tenant text, a_customer text) returns json
language plpgsql stable parallel safe as $$
declare
  it customer := visible_customer(a_tenant, a_customer);
begin
  if it.id is null then return null; end if;
  return json_build_object('customerId', it.id, 'addresses', coalesce((
    select json_agg(address_row_document(a, it.default_shipping_id, it.default_billing_id) order by a.created_at, a.id)
    from address a where a.tenant = it.tenant and a.customer_id = it.id), '[]'));
end $$;
