-- Moves orders from one customer to another, both locked: all there are, or those of a list that it still has. Their sum leaves
-- the one's counters and enters the other's. Returns the ids of what moved.
-- SQL by hand: one statement moves the orders and sums them, and two others need the sum.
-- May be null: ids.
-- Never null.
create or replace function move_orders_65445da6(a_tenant text, a_from text, a_to text, a_ids text[], a_currency text) returns text[]
language plpgsql volatile as $$
declare
  ids text[];
  orders int;
  amount bigint;
  spent jsonb;
begin
  with moved as (
    update "order" o set customer_id = a_to
      where o.tenant = a_tenant and o.customer_id = a_from and (a_ids is null or o.id = any(a_ids))
      returning o.*
  ), part as (
    select moved.currency, count(*) as orders, sum(moved.gross - moved.refunded) as amount
    from moved where moved.state = 'paid' group by moved.currency
  )
  select (select coalesce(array_agg(id order by id), '{}') from moved), coalesce(sum(part.orders), 0),
    coalesce(sum(part.amount) filter (where part.currency = a_currency), 0),
    coalesce(jsonb_object_agg(part.currency, jsonb_build_object('amount', part.amount, 'orders', part.orders))
      filter (where part.currency is not null), '{}')
    into ids, orders, amount, spent from part;
  if cardinality(ids) > 0 then
    perform count_orders_f2266210(a_tenant, a_from, -1, orders, amount, spent);
    perform count_orders_f2266210(a_tenant, a_to, 1, orders, amount, spent);
  end if;
  return ids;
end $$;
