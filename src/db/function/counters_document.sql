-- The counters of a customer as one value, to be kept and compared.
-- May be null: last.
-- Never null.
create or replace function counters_document(a_orders int, a_total bigint, a_spent jsonb, a_last timestamptz) returns jsonb
language sql stable parallel safe as $$
  select jsonb_build_object('orderCount', a_orders, 'totalSpent', a_total, 'spent', a_spent, 'lastOrderAt', iso(a_last))
$$;
