-- The counters of a customer, or of the survivor it was merged into; explained, with the orders behind each number, newest first,
-- as far as a_explained of them.
create or replace function customer_stats(a_tenant text, a_customer text, a_currency text, a_explained int) returns json
language plpgsql stable parallel safe as $$
declare
  it customer := visible_customer(a_tenant, a_customer);
begin
  if it.id is null then return null; end if;
  return json_build_object(
    'customerId', it.id, 'orderCount', it.order_count, 'totalSpent', it.total_spent, 'currency', a_currency,
    'spent', spent_document(it.spent), 'lastOrderAt', iso(it.last_order_at),
    'explain', case when a_explained is not null then (
      select json_build_object(
        'orderCount', coalesce(json_agg(o.id order by o.placed_at desc, o.id desc)
          filter (where o.state = 'paid'), '[]'),
        'totalSpent', coalesce(json_agg(json_build_object('orderId', o.id, 'amount', o.gross - o.refunded)
          order by o.placed_at desc, o.id desc) filter (where o.state = 'paid' and o.currency = a_currency), '[]'),
        'spent', coalesce(json_agg(json_build_object('orderId', o.id, 'currency', o.currency, 'amount', o.gross - o.refunded)
          order by o.placed_at desc, o.id desc) filter (where o.state = 'paid'), '[]'),
        'lastOrderAt', (array_agg(o.id order by o.placed_at desc, o.id desc) filter (where o.state = 'paid'))[1],
        'canceled', coalesce(json_agg(o.id order by o.placed_at desc, o.id desc)
          filter (where o.state = 'canceled'), '[]'),
        'complete', count(*) < a_explained)
      from (
        select * from "order" l where l.tenant = a_tenant and l.customer_id = it.id
        order by l.placed_at desc, l.id desc limit a_explained) o) end);
end $$;
