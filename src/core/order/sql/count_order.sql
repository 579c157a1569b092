-- Takes an order's old state out of the counters of a customer and adds its new state, each if it is this customer's. A customer
-- who still exists gets an event: the sequence rises. Returns the customer after that.
-- lock_order_sides has locked that customer before.
-- SQL by hand: record_order calls it in its branches, up to twice, and needs the row.
-- May be null: was.
-- Never null.
create or replace function count_order(a_tenant text, a_customer text, a_was "order", a_is "order", a_currency text) returns customer
language plpgsql volatile as $$
declare
  owner customer;
  was_paid boolean := coalesce(a_was.customer_id = a_customer and a_was.state = 'paid', false);
  is_paid boolean := a_is.customer_id = a_customer and a_is.state = 'paid';
  last_at timestamptz;
begin
  select * into owner from customer where tenant = a_tenant and id = a_customer;
  if was_paid then owner.spent := add_order(owner.spent, a_was, -1); end if;
  if is_paid then owner.spent := add_order(owner.spent, a_is, 1); end if;
  select max(o.placed_at) into last_at from "order" o where o.tenant = a_tenant and o.customer_id = a_customer and o.state = 'paid';
  update customer c set
    order_count = c.order_count - was_paid::int + is_paid::int,
    total_spent = coalesce((owner.spent -> a_currency ->> 'amount')::bigint, 0),
    spent = owner.spent, last_order_at = last_at, last_order_key = coalesce(last_at, '-infinity'),
    sequence = c.sequence + c.listed::int
    where c.tenant = a_tenant and c.id = a_customer returning * into owner;
  return owner;
end $$;
