-- The next so many customers in the walk over all of them: whose counters are not what the ledger says is locked, measured again,
-- noted and mended. Whoever holds the walk's row walks; for another there is nothing to do.
-- May be null: nothing.
-- Never null.
create or replace function mend_counters(a_tenant text, a_currency text, a_now timestamptz, a_limit int)
returns table (more boolean, examined int, mended int)
language plpgsql volatile as $$
declare
  walk sweep;
  ids text[];
  wrong text[];
begin
  mended := 0;
  insert into sweep (tenant, task, position, examined, hits, started_at)
  values (a_tenant, 'counters', '', 0, 0, a_now) on conflict do nothing;
  select * into walk from sweep s where s.tenant = a_tenant and s.task = 'counters' for update skip locked;
  if not found then return; end if;

  ids := array(select c.id from customer c where c.tenant = a_tenant and c.id > walk.position order by c.id limit a_limit);
  wrong := array(select id from drifted_customers(a_tenant, ids, a_currency));
  if cardinality(wrong) > 0 then
    perform from customer c where c.tenant = a_tenant and c.id = any(wrong) order by c.id for no key update;
    with off as (
      select * from drifted_customers(a_tenant, wrong, a_currency)
    ), noted as (
      insert into drift (tenant, customer_id, counted, ledger, created_at)
      select a_tenant, off.id, off.counted,
        counters_document(off.order_count, off.total_spent, off.spent, off.last_order_at), a_now from off
    )
    update customer c set
      order_count = off.order_count, total_spent = off.total_spent, spent = off.spent,
      last_order_at = off.last_order_at, last_order_key = coalesce(off.last_order_at, '-infinity')
      from off where c.tenant = a_tenant and c.id = off.id;
    get diagnostics mended = row_count;
  end if;

  more := cardinality(ids) = a_limit;
  examined := walk.examined + cardinality(ids);
  mended := walk.hits + mended;
  if more then
    update sweep s set position = ids[a_limit], examined = mend_counters.examined, hits = mended
      where s.tenant = a_tenant and s.task = 'counters';
  else
    delete from sweep s where s.tenant = a_tenant and s.task = 'counters';
  end if;
  return next;
end $$;
