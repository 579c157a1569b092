-- Of these customers those whose counters are not what the ledger says: what they count, and what is right.
-- SQL by hand: correct_counters asks it twice, before and after its locks.
-- May be null: nothing.
-- Never null: id, counted, order_count, total_spent, spent.
create or replace function drifted_customers_3079177b(a_tenant text, a_ids text[], a_currency text)
returns table (id text, counted jsonb, order_count int, total_spent bigint, spent jsonb, last_order_at timestamptz)
language sql stable as $$
  select c.id, counters_document_f2c4d7fc(c), ledger.order_count, ledger.total_spent, ledger.spent, ledger.last_order_at
  from ledger_counters_63c11bd1(a_tenant, a_ids, a_currency) ledger
    join customer c on c.tenant = a_tenant and c.id = ledger.id
  where (c.order_count, c.total_spent, c.spent, c.last_order_at)
    is distinct from (ledger.order_count, ledger.total_spent, ledger.spent, ledger.last_order_at)
$$;
