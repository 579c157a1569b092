-- Scans the next guests, in the order of their e-mail addresses, and inserts a pending merge for each that is due and has none. A
-- concurrent call finds the scan's row locked and does nothing.
-- SQL by hand: a bounded scan. The statement that inserts also finds the end of the scan.
-- May be null: nothing.
-- Never null.
create or replace function insert_due_merges_1f9cf335(a_tenant text, a_first text, a_now timestamptz, a_limit int)
returns table (more boolean, noted int)
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  scan scan_progress;
  last text;
  scanned int;
begin
  insert into scan_progress (tenant, task, position, examined, hits, started_at)
  values (a_tenant, 'merges', '', 0, 0, a_now) on conflict do nothing;
  select * into scan from scan_progress s where s.tenant = a_tenant and s.task = 'merges' for update skip locked;
  if not found then return; end if;
  with guest as (
    select c as self from customer c
    where c.tenant = a_tenant and c.status = 'guest' and c.email_key > scan.position
    order by c.email_key limit a_limit
  ), due as (
    -- The lateral join makes one look-up for each guest, independently of statistics.
    select account.id as survivor_id, (guest.self).id as merged_id, row_number() over () as n
    from guest cross join lateral (
      select c.id from customer c
      where c.tenant = a_tenant and c.email_key = (guest.self).email_key and c.status = 'active' and is_mergeable_5ab4da47(c, guest.self)
      limit 1) account
  ), fresh as (
    insert into merge (tenant, id, state, survivor_id, merged_id, automatic, created_at)
    select a_tenant, nth_id_63f0c25c(a_first, due.n::int), 'pending', due.survivor_id, due.merged_id, true, a_now from due
    on conflict do nothing returning 1
  )
  select (select max((guest.self).email_key) from guest), (select count(*) from guest), (select count(*) from fresh)
    into last, scanned, noted;
  more := scanned = a_limit;
  update scan_progress s set
    position = case when more then last else '' end,
    examined = case when more then s.examined + scanned else 0 end,
    hits = case when more then s.hits + noted else 0 end,
    started_at = case when more then s.started_at else a_now end
    where s.tenant = a_tenant and s.task = 'merges';
  return next;
end $$;
