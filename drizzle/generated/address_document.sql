-- One address as the API answers with it: the version beside it. Nothing when the customer has no such address.
create or replace function address_document(a_tenant text, a_customer text, a_id text) returns json
language plpgsql stable parallel safe as $$
begin
  return (
    select json_build_object('version', a.version,
      'address', address_row_document(a, c.default_shipping_id, c.default_billing_id))
    from customer c join address a on a.tenant = c.tenant and a.customer_id = c.id
    where c.tenant = a_tenant and c.id = a_customer and a.id = a_id);
end $$;
