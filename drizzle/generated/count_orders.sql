-- Adds a sum of orders to a customer's counters (sign 1) or takes it out (sign -1), and reads the time of the last order. A currency
-- without an order is not listed.
-- SQL by hand: move_orders calls it for both sides.
-- May be null: nothing.
create or replace function count_orders_7910c1d1(
  a_tenant text, a_customer text, a_sign int, a_orders int, a_amount bigint, a_spent jsonb
) returns void
language plpgsql volatile as $$
declare
  last_at timestamptz := (
    select max(o.placed_at) from "order" o where o.tenant = a_tenant and o.customer_id = a_customer and o.state = 'paid');
begin
  update customer c set
    order_count = c.order_count + a_sign * a_orders,
    total_spent = c.total_spent + a_sign * a_amount,
    spent = (
      select coalesce(jsonb_object_agg(currency, jsonb_build_object('amount', amount, 'orders', orders)), '{}')
      from (
        select part.key as currency, sum(part.sign * (part.value ->> 'amount')::bigint) as amount,
          sum(part.sign * (part.value ->> 'orders')::int) as orders
        from (select 1 as sign, * from jsonb_each(c.spent) union all select a_sign, * from jsonb_each(a_spent)) part
        group by part.key
      ) total where orders <> 0),
    last_order_at = last_at,
    last_order_key = coalesce(last_at, '-infinity')
    where c.tenant = a_tenant and c.id = a_customer;
end $$;
