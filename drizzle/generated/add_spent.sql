-- What was spent per currency, with so much more (or less) of each; a currency without an order is not listed.
-- SQL by hand: arithmetic on JSON.
-- May be null: nothing.
-- Never null.
create or replace function add_spent_8e73d224(a_spent jsonb, a_more jsonb) returns jsonb
language sql immutable parallel safe as $$
  select coalesce(jsonb_object_agg(currency, jsonb_build_object('amount', amount, 'orders', orders)), '{}')
  from (
    select part.key as currency, sum((part.value ->> 'amount')::bigint) as amount, sum((part.value ->> 'orders')::int) as orders
    from (select * from jsonb_each(a_spent) union all select * from jsonb_each(a_more)) part
    group by part.key
  ) total where orders <> 0
$$;
