-- Everyone whose counters these orders may touch: who stands for the customers they name, and who holds them now. Each is looked up
-- by its key, for the planner takes a batch to be a hundred orders and would rather read the whole ledger.
create or replace function order_sides(a_tenant text, a_orders jsonb) returns setof text
language plpgsql stable as $$
begin
  return query
  select side
  from jsonb_to_recordset(a_orders) as given (customer_id text)
    cross join lateral (
      select coalesce(c.merged_into, c.id) as side from customer c where c.tenant = a_tenant and c.id = given.customer_id offset 0) named
  union
  select side
  from jsonb_to_recordset(a_orders) as given (id text)
    cross join lateral (
      select o.customer_id as side from "order" o where o.tenant = a_tenant and o.id = given.id offset 0) held;
end $$;
