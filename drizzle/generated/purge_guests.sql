-- Examines the next guests in a scan over all of them. Deletes those that are old and have no order, and the customers that were merged
-- into them, with all that an erasure takes along, their merges and their past events. Each leaves one event that names no person, of which no webhook hears
-- that had not heard of the guest. A concurrent scan
-- examines nothing, and a guest that is being changed is skipped.
-- SQL by hand: each step goes on with the ids that the step before has chosen and locked.
-- May be null: nothing.
-- Never null: more, jobs.
create or replace function purge_guests_f7894aa4(
  a_tenant text, a_before timestamptz, a_unproven_before timestamptz, a_limit int, a_event text, a_job text, a_actor jsonb, a_now timestamptz
) returns table (more boolean, jobs text[])
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  scan scan_progress;
  batch text[];
  gone text[];
begin
  insert into scan_progress (tenant, task, position, examined, hits, started_at)
  values (a_tenant, 'guests', '', 0, 0, a_now) on conflict do nothing;
  select * into scan from scan_progress s where s.tenant = a_tenant and s.task = 'guests' for update skip locked;
  if not found then return; end if;
  batch := array(select e.id from list_entry e
    where e.tenant = a_tenant and e.listed and e.status = 'guest' and e.id > scan.position order by e.id limit a_limit);
  gone := array(select c.id from customer c
    where c.tenant = a_tenant and c.id = any(batch) and c.status = 'guest'
      and greatest(c.created_at, c.updated_at) < case when c.unproven then a_unproven_before else a_before end
    order by c.id for update skip locked);
  -- A guest with an order stays. The rows are locked by now, so that no order can be added.
  gone := array(select guest.id from unnest(gone) guest (id)
    where not exists (select from "order" o where o.tenant = a_tenant and o.customer_id = guest.id));
  gone := gone || array(select c.id from customer c where c.tenant = a_tenant and c.merged_into = any(gone) for update);

  delete from event e where e.tenant = a_tenant and e.customer_id = any(gone);
  -- What an erasure takes along. Their rows go too, for they have no money.
  perform forget_guests_e17550e1(a_tenant, gone, a_limit);
  insert into event (tenant, id, customer_id, sequence, type, data, actor, at)
  select a_tenant, nth_id_63f0c25c(a_event, n::int), c.id, c.sequence + 1, 'customer.deleted', jsonb_build_object('customerId', c.id), a_actor, a_now
  from unnest(gone) with ordinality guest (id, n) join customer c on c.tenant = a_tenant and c.id = guest.id;
  with written as (
    insert into job (tenant, id, kind, payload, due_at, created_at)
    select a_tenant, nth_id_63f0c25c(a_job, n::int), 'announce', jsonb_build_object('event', nth_id_63f0c25c(a_event, n::int)),
      a_now + interval '1 minute', a_now
    from unnest(gone) with ordinality guest (id, n)
    join customer c on c.tenant = a_tenant and c.id = guest.id and not c.silent returning job.id
  ) select coalesce(array_agg(id), '{}') into jobs from written;

  delete from merge m where m.tenant = a_tenant and (m.survivor_id = any(gone) or m.merged_id = any(gone));
  delete from customer c where c.tenant = a_tenant and c.id = any(gone);

  more := cardinality(batch) = a_limit;
  update scan_progress s set position = case when more then batch[a_limit] else '' end,
    examined = case when more then s.examined + cardinality(batch) else 0 end,
    hits = case when more then s.hits + cardinality(gone) else 0 end
    where s.tenant = a_tenant and s.task = 'guests';
  return next;
end $$;
