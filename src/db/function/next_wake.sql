-- In how many seconds a worker should look at an endpoint again; null when nothing is due so soon that cron would be late, or
-- when a wake-up is on its way.
-- May be null: nothing.
create or replace function next_wake(a_tenant text, a_webhook text, a_now timestamptz) returns int
language plpgsql volatile as $$
declare
  it webhook;
  due timestamptz;
begin
  select * into it from webhook where tenant = a_tenant and id = a_webhook;
  if it.status <> 'enabled' or it.leased_until > a_now then return null; end if;
  select min(next_attempt_at) into due from delivery
    where tenant = a_tenant and webhook_id = a_webhook and status = 'pending';
  if due is null then return null; end if;
  due := greatest(due, it.paused_until, a_now);
  if due > a_now + interval '1 minute' then return null; end if;
  if it.wake_at > a_now + interval '1 second' and it.wake_at <= due then return null; end if;
  update webhook set wake_at = due where tenant = a_tenant and id = a_webhook;
  return ceil(extract(epoch from due - a_now));
end $$;
