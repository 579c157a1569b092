-- What was spent per currency, with one paid order more (sign 1) or less (sign -1); a currency without an order is not listed.
-- SQL by hand: arithmetic on JSON, which record_order does between its statements.
-- May be null: nothing.
-- Never null.
create or replace function add_order(a_spent jsonb, o "order", a_sign int) returns jsonb
language plpgsql immutable parallel safe as $$
declare
  orders int := coalesce((a_spent -> o.currency ->> 'orders')::int, 0) + a_sign;
begin
  if orders = 0 then return a_spent - o.currency; end if;
  return a_spent || jsonb_build_object(o.currency, jsonb_build_object('orders', orders,
    'amount', coalesce((a_spent -> o.currency ->> 'amount')::bigint, 0) + a_sign * (o.gross - o.refunded)));
end $$;
