-- Everyone whose counters these orders may touch: who stands for the customers they name, and who holds them now.
create or replace function order_sides(a_tenant text, a_orders jsonb) returns setof text
language sql stable as $$
  select coalesce(named.merged_into, named.id)
  from jsonb_to_recordset(a_orders) as given (customer_id text)
    join customer named on named.tenant = a_tenant and named.id = given.customer_id
  union
  select o.customer_id
  from jsonb_to_recordset(a_orders) as given (id text)
    join "order" o on o.tenant = a_tenant and o.id = given.id
$$;
