-- May a password be tried now? 0: yes, and until it is released the try counts as failed, so that tries at the same time cannot
-- overtake the count. Else the seconds to wait, and nothing is counted. Four failures of an account and nineteen from one place
-- are free; from then on the wait doubles, up to a quarter of an hour. A place, which many may share, is forgiven one a minute, an
-- account all of them after a day. The clocks of two callers may differ, so a try that is not to wait has no end of a wait either.
-- SQL by hand: what it answers is known only between its locks and its count; the counts afterwards do not say it.
-- May be null: caller, customer.
-- Never null.
create or replace function reserve_try_80caab10(
  a_tenant text, a_account text, a_caller text, a_customer text, a_now timestamptz
) returns int
language plpgsql volatile as $$
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
