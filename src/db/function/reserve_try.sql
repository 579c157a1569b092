-- May a password be tried now? 0: yes, and until it is settled the try counts as failed, so that tries at the same time cannot
-- overtake the count. Else the seconds to wait, and nothing is counted. Four failures of an account and nineteen from one place
-- are free; from then on the wait doubles, up to a quarter of an hour. A place, which many may share, is forgiven one a minute, an
-- account all of them after a day.
create or replace function reserve_try(
  a_tenant text, a_account text, a_caller text, a_customer text, a_now timestamptz
) returns int
language plpgsql volatile as $$
declare
  keys text[] := array_remove(array[a_account, a_caller], null);
  wait int;
begin
  insert into failure (tenant, key, customer_id, count, last_at, blocked_until)
    select a_tenant, k, case when k = a_account then a_customer end, 0, a_now, a_now from unnest(keys) k order by k
    on conflict do nothing;
  perform from failure where tenant = a_tenant and key = any(keys) order by key for update;
  select ceil(extract(epoch from max(blocked_until) - a_now)) into wait
    from failure where tenant = a_tenant and key = any(keys);
  if wait > 0 then return wait; end if;
  update failure f set count = n.count, last_at = a_now, customer_id = case when f.key = a_account then a_customer end,
      blocked_until = a_now + case when n.count < n.free then interval '0' else
        least(interval '1 second' * 2 ^ least(n.count - n.free, 20), interval '15 minutes') end
    from (
      select p.key, case when p.key = a_account then 5 else 20 end as free, 1 + case
          when p.last_at < a_now - interval '1 day' then 0
          when p.key = a_account then p.count
          else greatest(0, p.count - floor(extract(epoch from a_now - p.last_at) / 60)::int) end as count
      from failure p where p.tenant = a_tenant and p.key = any(keys)) n
    where f.tenant = a_tenant and f.key = n.key;
  return 0;
end $$;
