-- The addresses of the customer an id stands for, after one of them, oldest first: ids are ordered by time. Nothing when there is
-- no such customer.
create or replace function address_page(a_tenant text, a_customer text, a_after text, a_limit int) returns json
language plpgsql stable parallel safe as $$
declare
  it customer := visible_customer(a_tenant, a_customer);
begin
  if it.id is null then return null; end if;
  return json_build_object('customerId', it.id, 'addresses', coalesce((
    select json_agg(address_row_document(one, it.default_shipping_id, it.default_billing_id) order by (one).id)
    from (
      select a as one from address a
      where a.tenant = it.tenant and a.customer_id = it.id and a.id > a_after
      order by a.id limit a_limit
    ) page), '[]'));
end $$;
