set check_function_bodies = off;
--> statement-breakpoint
-- Head of whatever a shopper asks for: the access token outlives neither its session nor the right to log in.
create or replace function check_session(a_tenant text, a_customer text, a_session text, a_now timestamptz) returns void
language plpgsql volatile as $$
begin
  perform from session s join customer c on c.tenant = s.tenant and c.id = s.customer_id
    where s.tenant = a_tenant and s.id = a_session and s.customer_id = a_customer and s.expires_at > a_now
      and c.status in ('unverified', 'active');
  if not found then perform refuse('invalid_token'); end if;
end $$;
--> statement-breakpoint
-- Whoever loses an account, or its address, loses every session of it in the same commit, whichever use case it was.
create or replace function end_access() returns trigger
language plpgsql volatile as $$
begin
  delete from session where tenant = new.tenant and customer_id = new.id;
  if new.status in ('merged', 'erased', 'deleted') then
    delete from mail_token where tenant = new.tenant and subject = new.id;
    delete from mail where tenant = new.tenant and customer_id = new.id;
  end if;
  return null;
end $$;
create or replace trigger customer_access_ends
  after update of status, email_key on customer
  for each row
  when (new.email_key is distinct from old.email_key
    or (new.status is distinct from old.status and new.status not in ('unverified', 'active')))
  execute function end_access();
--> statement-breakpoint
-- Opens a session for a customer who may log in. With a hash only while that is still the password's, for it was checked before
-- this transaction. The fifty newest sessions stay. Returns whether it did.
create or replace function open_session(
  a_tenant text, a_session text, a_customer text, a_client text, a_refresh_hash text, a_user_agent text, a_address text,
  a_password_hash text, a_statuses text[], a_now timestamptz, a_expires timestamptz
) returns boolean
language plpgsql volatile as $$
begin
  perform from customer where tenant = a_tenant and id = a_customer and status = any(a_statuses)
    and (a_password_hash is null or password_hash = a_password_hash) for share;
  if not found then return false; end if;
  delete from session where tenant = a_tenant and customer_id = a_customer and (expires_at <= a_now or id in (
    select id from session where tenant = a_tenant and customer_id = a_customer
    order by created_at desc, id desc offset 49));
  insert into session (tenant, id, customer_id, client_id, refresh_hash, user_agent, address, created_at, last_used_at, expires_at)
  values (a_tenant, a_session, a_customer, a_client, a_refresh_hash, a_user_agent, a_address, a_now, a_now, a_expires);
  return true;
end $$;
--> statement-breakpoint
-- May a password be tried now? 0: yes, and until it is settled the try counts as failed, so that tries at the same time cannot
-- overtake the count. Else the seconds to wait, and nothing is counted. Four failures of an account and nineteen from one place
-- are free; from then on the wait doubles, up to a quarter of an hour. A place, which many may share, is forgiven one a minute, an
-- account all of them after a day.
create or replace function reserve_try(a_tenant text, a_account text, a_caller text, a_now timestamptz) returns int
language plpgsql volatile as $$
declare
  keys text[] := array_remove(array[a_account, a_caller], null);
  wait int;
begin
  insert into failure (tenant, key, count, last_at, blocked_until)
    select a_tenant, k, 0, a_now, a_now from unnest(keys) k order by k
    on conflict do nothing;
  perform from failure where tenant = a_tenant and key = any(keys) order by key for update;
  select ceil(extract(epoch from max(blocked_until) - a_now)) into wait
    from failure where tenant = a_tenant and key = any(keys);
  if wait > 0 then return wait; end if;
  update failure f set count = n.count, last_at = a_now,
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
--> statement-breakpoint
-- Exchanges the refresh token of a session for the next. One that is not the newest was used before: thief and owner cannot be
-- told apart, so the session ends. Returns the customer, null when there is no session any more.
create or replace function rotate_session(
  a_tenant text, a_session text, a_client text, a_hash text, a_next_hash text, a_statuses text[], a_now timestamptz
) returns text
language plpgsql volatile as $$
declare
  it session;
begin
  select * into it from session where tenant = a_tenant and id = a_session for update;
  if not found or (a_client is not null and it.client_id <> a_client) then return null; end if;
  perform from customer where tenant = a_tenant and id = it.customer_id and status = any(a_statuses);
  if not found or it.expires_at <= a_now or it.refresh_hash <> a_hash then
    delete from session where tenant = a_tenant and id = a_session;
    return null;
  end if;
  update session set refresh_hash = a_next_hash, last_used_at = a_now where tenant = a_tenant and id = a_session;
  return it.customer_id;
end $$;
--> statement-breakpoint
-- The try that was reserved did not fail: it is taken off the counts, or with the right to it the account's count is forgotten.
create or replace function settle_try(a_tenant text, a_account text, a_caller text, a_forget boolean, a_now timestamptz) returns void
language plpgsql volatile as $$
declare
  keys text[] := array_remove(array[a_account, a_caller], null);
begin
  perform from failure where tenant = a_tenant and key = any(keys) order by key for update;
  delete from failure where tenant = a_tenant and key = a_account and a_forget;
  update failure set count = greatest(count - 1, 0), blocked_until = least(blocked_until, a_now)
    where tenant = a_tenant and key = any(keys);
end $$;
