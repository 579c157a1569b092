-- Scans the next customers. Those whose counters differ from the ledger are locked, compared again, recorded and corrected; a job judges
-- them by the rules of groups. A concurrent call finds the scan's row locked and does nothing.
-- SQL by hand: a bounded scan, in which only customers with a difference are locked.
-- May be null: nothing.
-- Never null.
create or replace function correct_counters_a53ed28d(a_tenant text, a_currency text, a_now timestamptz, a_limit int, a_job text)
returns table (more boolean, examined int, corrected int)
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  scan scan_progress;
  ids text[];
  wrong text[];
begin
  corrected := 0;
  insert into scan_progress (tenant, task, position, examined, hits, started_at)
  values (a_tenant, 'counters', '', 0, 0, a_now) on conflict do nothing;
  select * into scan from scan_progress s where s.tenant = a_tenant and s.task = 'counters' for update skip locked;
  if not found then return; end if;

  ids := array(select c.id from customer c where c.tenant = a_tenant and c.id > scan.position order by c.id limit a_limit);
  wrong := array(select id from drifted_customers_0aa773fb(a_tenant, ids, a_currency));
  if cardinality(wrong) > 0 then
    perform from customer c where c.tenant = a_tenant and c.id = any(wrong) order by c.id for no key update;
    with right_now as (
      update customer c set
        order_count = off.order_count, total_spent = off.total_spent, spent = off.spent,
        -- A judgement that was found before is void.
        version = c.version + 1,
        last_order_at = off.last_order_at, last_order_key = coalesce(off.last_order_at, '-infinity')
        from drifted_customers_0aa773fb(a_tenant, wrong, a_currency) off where c.tenant = a_tenant and c.id = off.id
        returning c.id, off.counted, counters_document_f2c4d7fc(c) as ledger
    ), judged as (
      insert into job (tenant, id, kind, payload, due_at, created_at)
        select a_tenant, nth_id_63f0c25c(a_job, (row_number() over (order by right_now.id) - 1)::int), 'judge',
          jsonb_build_object('customer', right_now.id), a_now, a_now
        from right_now
    )
    insert into drift (tenant, customer_id, counted, ledger, created_at)
    select a_tenant, right_now.id, right_now.counted, right_now.ledger, a_now from right_now;
    get diagnostics corrected = row_count;
  end if;

  more := cardinality(ids) = a_limit;
  examined := scan.examined + cardinality(ids);
  corrected := scan.hits + corrected;
  if more then
    update scan_progress s set position = ids[a_limit], examined = scan.examined + cardinality(ids), hits = corrected
      where s.tenant = a_tenant and s.task = 'counters';
  else
    delete from scan_progress s where s.tenant = a_tenant and s.task = 'counters';
  end if;
  return next;
end $$;
