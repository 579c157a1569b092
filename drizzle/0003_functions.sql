set check_function_bodies = off;
--> statement-breakpoint
drop function if exists reserve_try(a_tenant text, a_account text, a_caller text, a_now timestamptz);
--> statement-breakpoint
-- The owner of the address has proven it: the account is theirs, with this password (null: the one it has), and every session and
-- link of before is void. With a_drop goes what others than the owner may have written: contact data nobody vouched for, and the
-- whole profile of an account that a stranger's login had made. Stamps what a reader sees changed, under the version to come.
create or replace function claim_account(
  a_tenant text, a_id text, a_password_hash text, a_drop boolean, a_now timestamptz
) returns void
language plpgsql volatile as $$
declare
  it customer;
  fields text[] := '{}';
begin
  select * into it from customer where tenant = a_tenant and id = a_id for no key update;
  if a_drop then
    delete from address where tenant = a_tenant and customer_id = a_id and (unproven or it.provisional);
    if found then
      perform settle_default_addresses(a_tenant, a_id, null, null);
      fields := fields || 'addresses'::text;
    end if;
  end if;
  if a_drop and it.provisional then
    fields := fields || array_remove(array[
      case when it.first_name is not null then 'firstName' end, case when it.last_name is not null then 'lastName' end,
      case when it.phone is not null then 'phone' end, case when it.locale is not null then 'locale' end,
      case when it.metadata <> '{}' then 'metadata' end], null);
    update customer set first_name = null, last_name = null, first_name_key = '', last_name_key = '', phone = null,
        locale = null, metadata = '{}'
      where tenant = a_tenant and id = a_id;
  end if;
  if it.status = 'unverified' then fields := fields || 'status'::text; end if;
  if it.email_verified_at is null then fields := fields || 'emailVerified'::text; end if;
  update customer set
    password_hash = coalesce(a_password_hash, password_hash),
    email_verified_at = coalesce(email_verified_at, a_now),
    claimed_at = coalesce(claimed_at, a_now),
    status = case status when 'unverified' then 'active' else status end,
    provisional = false,
    changed_at = changed_at || coalesce((select jsonb_object_agg(field, it.version + 1) from unnest(fields) field), '{}')
    where tenant = a_tenant and id = a_id;
  delete from session where tenant = a_tenant and customer_id = a_id;
  delete from mail_token where tenant = a_tenant and subject = a_id and purpose in ('verify', 'reset');
  delete from failure where tenant = a_tenant and customer_id = a_id;
  perform forget_attempts(a_tenant, it.email_key);
end $$;
--> statement-breakpoint
-- The customer moves to the address it wished for, which it has proven; the old one is reserved until the time to undo is over.
create or replace function confirm_email(
  a_tenant text, a_customer text, a_token text, a_hash text, a_now timestamptz, a_undo_until timestamptz
) returns void
language plpgsql volatile as $$
declare
  it customer;
  move email_change;
begin
  select * into it from customer where tenant = a_tenant and id = a_customer and status in ('unverified', 'active')
    for no key update;
  delete from mail_token t using email_change e
    where t.tenant = a_tenant and t.id = a_token and t.purpose = 'confirm' and t.subject = a_customer and t.hash = a_hash
      and t.expires_at > a_now and e.tenant = a_tenant and e.id = t.change_id and e.confirmed_at is null
      and e.old_email_key = it.email_key
    returning e.* into move;
  if not found then perform refuse('mail_token_invalid'); end if;
  perform lock_email(a_tenant, move.new_email_key);
  if exists (select from customer where tenant = a_tenant and email_key = move.new_email_key and id <> a_customer
      and status in ('unverified', 'active', 'disabled')) then perform refuse('email_taken'); end if;
  update email_change set confirmed_at = a_now, undo_until = a_undo_until where tenant = a_tenant and id = move.id;
  update customer set
    email = move.new_email, email_key = move.new_email_key, email_verified_at = a_now, claimed_at = a_now, status = 'active',
    provisional = false,
    changed_at = changed_at || jsonb_build_object('email', version + 1)
      || case when it.email_verified_at is null then jsonb_build_object('emailVerified', version + 1) else '{}' end
      || case when it.status <> 'active' then jsonb_build_object('status', version + 1) else '{}' end
    where tenant = a_tenant and id = a_customer;
  delete from session where tenant = a_tenant and customer_id = a_customer;
  delete from mail_token where tenant = a_tenant and subject = a_customer and purpose in ('verify', 'reset');
  perform forget_attempts(a_tenant, move.new_email_key);
end $$;
--> statement-breakpoint
-- An account that a stranger's login made, and whose address nobody has proven, makes room for the one that a service makes of it:
-- it was never more than a guest, and is one from now on. Where there is a guest already, it goes when it has no orders to keep.
-- Returns the event's sequence, null when there was nothing in the way.
create or replace function displace_provisional(
  a_tenant text, a_email_key text, a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz
) returns int
language plpgsql volatile as $$
declare
  it customer;
  has_guest boolean;
begin
  select * into it from customer where tenant = a_tenant and email_key = a_email_key and status = 'unverified' and provisional
    for no key update;
  if not found then return null; end if;
  has_guest := exists (select from customer where tenant = a_tenant and email_key = a_email_key and status = 'guest');
  if has_guest and it.order_count > 0 then return null; end if;
  update customer set status = case when has_guest then 'deleted' else 'guest' end, provisional = false, password_hash = null
    where tenant = a_tenant and id = it.id;
  if has_guest then delete from membership where tenant = a_tenant and customer_id = it.id; end if;
  return emit(a_tenant, it.id, a_event, a_job, case when has_guest then 'customer.deleted' else 'customer.updated' end,
    case when has_guest then '{}'::text[] else array['status'] end, '{}', a_actor, a_request, a_now);
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
    delete from email_change where tenant = new.tenant and customer_id = new.id;
    delete from failure where tenant = new.tenant and customer_id = new.id;
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
-- The address has an owner now: whoever else tried to register it did so in vain.
create or replace function forget_attempts(a_tenant text, a_email_key text) returns void
language sql volatile as $$
  delete from mail_token t using attempt a
    where t.tenant = a_tenant and a.tenant = a_tenant and a.email_key = a_email_key and t.subject = a.id;
  delete from attempt where tenant = a_tenant and email_key = a_email_key;
$$;
--> statement-breakpoint
-- An address that its owner may still take back is nobody else's account.
create or replace function keep_address_reserved() returns trigger
language plpgsql volatile as $$
begin
  if exists (select from email_change where tenant = new.tenant and old_email_key = new.email_key and customer_id <> new.id
      and undo_until > greatest(now(), new.updated_at)) then perform refuse('email_taken'); end if;
  return null;
end $$;
create or replace trigger customer_email_not_reserved
  after insert on customer
  for each row when (new.status in ('unverified', 'active', 'disabled'))
  execute function keep_address_reserved();
create or replace trigger customer_email_not_reserved_still
  after update of email_key, status on customer
  for each row when (new.status in ('unverified', 'active', 'disabled')
    and (new.email_key <> old.email_key or old.status not in ('unverified', 'active', 'disabled')))
  execute function keep_address_reserved();
--> statement-breakpoint
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
--> statement-breakpoint
-- The owner of the old address takes the account back. Whoever moved it knows the password, so that is void, with every session,
-- every open link and every move made after this one.
create or replace function undo_email(a_tenant text, a_customer text, a_token text, a_hash text, a_now timestamptz) returns void
language plpgsql volatile as $$
declare
  it customer;
  move email_change;
begin
  select * into it from customer where tenant = a_tenant and id = a_customer and status in ('unverified', 'active', 'disabled')
    for no key update;
  if not found then perform refuse('mail_token_invalid'); end if;
  delete from mail_token t using email_change e
    where t.tenant = a_tenant and t.id = a_token and t.purpose = 'undo' and t.subject = a_customer and t.hash = a_hash
      and t.expires_at > a_now and e.tenant = a_tenant and e.id = t.change_id
    returning e.* into move;
  if not found then perform refuse('mail_token_invalid'); end if;
  delete from mail_token t where t.tenant = a_tenant and t.subject = a_customer and (t.purpose <> 'undo' or t.change_id in (
    select id from email_change e where e.tenant = a_tenant and e.customer_id = a_customer and e.confirmed_at >= move.confirmed_at));
  delete from email_change where tenant = a_tenant and customer_id = a_customer
    and (confirmed_at is null or confirmed_at >= move.confirmed_at);
  update customer set
    email = move.old_email, email_key = move.old_email_key, email_verified_at = a_now, claimed_at = null, password_hash = null,
    changed_at = changed_at || jsonb_build_object('email', version + 1)
    where tenant = a_tenant and id = a_customer;
  delete from session where tenant = a_tenant and customer_id = a_customer;
end $$;
--> statement-breakpoint
-- Uses up the token of a link, which must be for this, unspent, alive, and of the address that its customer still has. Of an
-- attempt, a shopper who comes with a session instead of a password must be who made it.
create or replace function use_mail_token(
  a_tenant text, a_purpose text, a_token text, a_subject text, a_hash text, a_shopper text, a_now timestamptz
) returns void
language plpgsql volatile as $$
declare
  proven text;
begin
  perform from customer where tenant = a_tenant and id = a_subject for no key update;
  perform lock_email(a_tenant, a.email_key) from attempt a where a.tenant = a_tenant and a.id = a_subject;
  delete from mail_token where tenant = a_tenant and id = a_token and purpose = a_purpose and subject = a_subject
    and hash = a_hash and expires_at > a_now
    returning email_key into proven;
  if not found then perform refuse('mail_token_invalid'); end if;
  if a_subject like 'cust\_%' then
    perform from customer where tenant = a_tenant and id = a_subject and email_key = proven
      and status in ('unverified', 'active') and (a_shopper is null or id = a_shopper);
  else
    perform from attempt a where a.tenant = a_tenant and a.id = a_subject and (a_shopper is null or exists (
      select from customer c where c.tenant = a_tenant and c.id = a_shopper
        and c.email_key = a.email_key and c.password_hash = a.password_hash));
  end if;
  if not found then perform refuse('mail_token_invalid'); end if;
end $$;
