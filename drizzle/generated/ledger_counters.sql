-- What the counters of these customers are by the ledger.
-- SQL by hand: sums of sums as JSON, for a table of ids.
-- May be null: nothing.
-- Never null: id, order_count, total_spent, spent.
create or replace function ledger_counters_63c11bd1(a_tenant text, a_ids text[], a_currency text)
returns table (id text, order_count int, total_spent bigint, spent jsonb, last_order_at timestamptz)
language sql stable as $$
  select asked.id, coalesce(sum(per.orders), 0)::int, coalesce(sum(per.amount) filter (where per.currency = a_currency), 0)::bigint,
    coalesce(jsonb_object_agg(per.currency, jsonb_build_object('amount', per.amount, 'orders', per.orders))
      filter (where per.currency is not null), '{}'),
    max(per.last_at)
  from unnest(a_ids) asked (id) left join lateral (
    select o.currency, count(*) as orders, sum(o.gross - o.refunded) as amount, max(o.placed_at) as last_at
    from "order" o where o.tenant = a_tenant and o.customer_id = asked.id and o.state = 'paid'
    group by o.currency) per on true
  group by asked.id
$$;
