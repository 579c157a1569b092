-- Moves orders from one customer to another; both are locked. It moves all orders, or those of a list that the first still has. Their
-- sum moves from the counters of the first to those of the second. Returns the ids of the moved orders.
-- SQL by hand: one statement moves the orders and sums them, and two others need the sum.
-- May be null: ids.
-- Never null.
create or replace function move_orders_84e44dd0(a_tenant text, a_from text, a_to text, a_ids text[], a_currency text) returns text[]
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
    perform count_orders_7910c1d1(a_tenant, a_from, -1, orders, amount, spent);
    perform count_orders_7910c1d1(a_tenant, a_to, 1, orders, amount, spent);
  end if;
  return ids;
end $$;
