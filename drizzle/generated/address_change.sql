-- The same as address_row_change, for a statement of its own that knows the address by its id.
create or replace function address_change(a_tenant text, a_customer text, a_id text, a_action text) returns jsonb
language sql stable parallel safe as $$
  select address_row_change(c, a, a_id, a_action)
  from customer c left join address a on a.tenant = c.tenant and a.customer_id = c.id and a.id = a_id
  where c.tenant = a_tenant and c.id = a_customer
$$;
