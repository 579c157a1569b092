-- Reserves a try of a password, or counts a wrong secret, under some counts, whose rules `count.ts` explains. 0 seconds: the try may be made. It counts as failed
-- until it is released, so that concurrent tries cannot outrun the counts. Otherwise the seconds to wait, and nothing is counted. The clocks of
-- two callers may differ, so a try without a wait stores no end of a wait. `remaining`: so many more may fail without a wait, by the count
-- that a right password ends; null if there is none.
-- SQL by hand: it must compute its answer after it takes its locks and before it writes its counts. The new counts no longer show the answer.
-- May be null: opened, customer.
-- Never null: seconds.
create or replace function reserve_try_9b74fd9b(
  a_tenant text, a_counts json, a_opened text, a_customer text, a_now timestamptz
) returns table (seconds int, remaining int)
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  keys text[] := array(select c ->> 'key' from json_array_elements(a_counts) c);
  wait int;
begin
  insert into failure (tenant, key, customer_id, count, last_at, blocked_until, alarm, client_id)
    select a_tenant, c.key, case when c."isAccounts" then a_customer end, 0, a_now, '-infinity', c.alarm, c.client
    from json_to_recordset(a_counts) as c (key text, "isAccounts" boolean, alarm text, client text) order by c.key
    on conflict do nothing;
  perform from failure where tenant = a_tenant and key = any(keys) order by key for update;
  select ceil(extract(epoch from max(f.blocked_until) - a_now)) into wait
    from json_to_recordset(a_counts) as c (key text, rule text, "isAccounts" boolean)
    join failure f on f.tenant = a_tenant and f.key = c.key
    where f.blocked_until > a_now and not (c."isAccounts" and exists (
      select from failure o where o.tenant = a_tenant and o.key = a_opened || ' ' || a_customer
        and o.last_at > a_now - interval '1 day' and (c.rule = 'far' or o.last_at >= f.last_at)));
  if wait > 0 then return query select wait, 0; return; end if;
  return query with counted as (
    update failure f set
        count = n.counted + 1,
        last_at = n.since,
        customer_id = case when n."isAccounts" then a_customer end,
        blocked_until = case when n.counted + 1 < n.free or n.rule = 'alarm' then '-infinity'
          when n.rule = 'delay' then a_now + least(interval '1 second' * 2 ^ least(n.counted + 1 - n.free, 20), interval '15 minutes')
          else n.since + n.seconds * interval '1 second' end,
        is_untold = f.is_untold or (n.alarm is not null and n.counted + 1 = n.free)
      from (
        select p.*, p.count - p.forgiven as counted, case
            when p.count = p.forgiven or (p.rule = 'delay' and p."isAccounts") then a_now
            when p.rule = 'delay' then p.last_at + p.forgiven * p.seconds * interval '1 second'
            else p.last_at end as since
        from (
          select c.*, q.count, q.last_at, case
              when q.last_at <= a_now - interval '1 day' then q.count
              when c.rule <> 'delay' then case when q.last_at <= a_now - c.seconds * interval '1 second' then q.count else 0 end
              else least(q.count, floor(greatest(0, extract(epoch from a_now - q.last_at)) / c.seconds)::int) end as forgiven
          from json_to_recordset(a_counts) as c (key text, rule text, free int, seconds int, "isAccounts" boolean, "isForgiven" boolean, alarm text)
          join failure q on q.tenant = a_tenant and q.key = c.key) p) n
      where f.tenant = a_tenant and f.key = n.key
      returning case when n."isForgiven" then greatest(0, n.free - n.counted - 1) end as remaining
  )
  select 0, min(c.remaining) from counted c;
end $$;
