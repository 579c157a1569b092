-- The given customers whose counters differ from the ledger, with their counters and the right ones.
-- SQL by hand: correct_counters calls it twice, before and after its locks.
-- May be null: nothing.
-- Never null: id, counted, order_count, total_spent, spent.
create or replace function drifted_customers_0aa773fb(a_tenant text, a_ids text[], a_currency text)
returns table (id text, counted jsonb, order_count int, total_spent bigint, spent jsonb, last_order_at timestamptz)
language sql stable as $$
  select c.id, counters_document_f2c4d7fc(c), ledger.order_count, ledger.total_spent, ledger.spent, ledger.last_order_at
  from (
    select asked.id, coalesce(sum(per.orders), 0)::int as order_count,
      coalesce(sum(per.amount) filter (where per.currency = a_currency), 0)::bigint as total_spent,
      coalesce(jsonb_object_agg(per.currency, jsonb_build_object('amount', per.amount, 'orders', per.orders))
        filter (where per.currency is not null), '{}') as spent,
      max(per.last_at) as last_order_at
    from unnest(a_ids) asked (id) left join lateral (
      select o.currency, count(*) as orders, sum(o.gross - o.refunded) as amount, max(o.placed_at) as last_at
      from "order" o where o.tenant = a_tenant and o.customer_id = asked.id and o.state = 'paid'
      group by o.currency) per on true
    group by asked.id) ledger
    join customer c on c.tenant = a_tenant and c.id = ledger.id
  where (c.order_count, c.total_spent, c.spent, c.last_order_at)
    is distinct from (ledger.order_count, ledger.total_spent, ledger.spent, ledger.last_order_at)
$$;
