-- Reserves a try of a password. 0: the try may be made. It counts as failed until it is released, so that concurrent tries cannot
-- outrun the count. Otherwise the seconds to wait, and nothing is counted. Four failures of an account and nineteen of one place
-- are free; then the wait doubles, up to a quarter of an hour. A place, which many may share, is forgiven one failure a minute; an
-- account is forgiven all after a day. The clocks of two callers may differ, so a try without a wait stores no end of a wait.
-- SQL by hand: its answer is known only between its locks and its count; the counts do not show it afterwards.
-- May be null: caller, customer.
-- Never null.
create or replace function reserve_try(
  a_tenant text, a_account text, a_caller text, a_customer text, a_now timestamptz
) returns int
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  keys text[] := array_remove(array[a_account, a_caller], null);
  wait int;
begin
  insert into failure (tenant, key, customer_id, count, last_at, blocked_until)
    select a_tenant, k, case when k = a_account then a_customer end, 0, a_now, '-infinity' from unnest(keys) k order by k
    on conflict do nothing;
  perform from failure where tenant = a_tenant and key = any(keys) order by key for update;
  select ceil(extract(epoch from max(blocked_until) - a_now)) into wait
    from failure where tenant = a_tenant and key = any(keys) and blocked_until > a_now;
  if wait > 0 then return wait; end if;
  update failure f set
      count = n.counted + 1,
      last_at = case when n.counted = 0 or f.key = a_account then a_now else f.last_at + n.forgiven * interval '1 minute' end,
      customer_id = case when f.key = a_account then a_customer end,
      blocked_until = case when n.counted + 1 < n.free then '-infinity' else
        a_now + least(interval '1 second' * 2 ^ least(n.counted + 1 - n.free, 20), interval '15 minutes') end
    from (
      select key, free, forgiven, count - forgiven as counted from (
        select p.key, p.count, case when p.key = a_account then 5 else 20 end as free, case
            when p.last_at < a_now - interval '1 day' then p.count
            when p.key = a_account then 0
            else least(p.count, floor(greatest(0, extract(epoch from a_now - p.last_at)) / 60)::int) end as forgiven
        from failure p where p.tenant = a_tenant and p.key = any(keys)) p) n
    where f.tenant = a_tenant and f.key = n.key;
  return 0;
end $$;
