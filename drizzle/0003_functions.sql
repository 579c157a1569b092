set check_function_bodies = off;
--> statement-breakpoint
drop function if exists reserve_try(a_tenant text, a_account text, a_caller text, a_now timestamptz);
--> statement-breakpoint
drop function if exists settle_try(a_tenant text, a_account text, a_caller text, a_forget boolean, a_now timestamptz);
--> statement-breakpoint
-- An address for a customer's book, the defaults it is wished for, and word of it, in one call: this is how a book is mostly written
-- to. When nothing is new, not even that someone vouches for what was there, nothing is told. Returns the event's sequence, null for
-- nothing. Refuses as lock_address_book does.
create or replace function add_address(
  a_tenant text, a_customer text, a_address jsonb, a_max int, a_shipping text, a_billing text,
  a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz
) returns int
language plpgsql volatile as $$
declare
  held text;
  is_new boolean;
begin
  perform lock_address_book(a_tenant, a_customer, a_address ->> 'sameness', a_max);
  perform insert_address(a_tenant, a_customer, a_address, a_now);
  select id into held from address where tenant = a_tenant and customer_id = a_customer and sameness = a_address ->> 'sameness';
  is_new := held = a_address ->> 'id';
  perform settle_default_addresses(a_tenant, a_customer, a_shipping, a_billing);
  -- The defaults moved when this transaction has written the customer.
  if not is_new and not (select c.xmin = pg_current_xact_id()::xid from customer c where c.tenant = a_tenant and c.id = a_customer)
    then return null; end if;
  return emit(a_tenant, a_customer, a_event, a_job, 'customer.updated', array['addresses'],
    address_change(a_tenant, a_customer, held, case when is_new then 'added' else 'changed' end), a_actor, a_request, a_now);
end $$;
--> statement-breakpoint
-- Puts events on their way to the endpoints that asked for them, or to one of those. What was put on its way before stays as it
-- is; with a_again, what has arrived or failed sets out once more. Returns the endpoints that have something new, and how much.
create or replace function add_deliveries(
  a_tenant text, a_events text[], a_webhook text, a_first_id text, a_again boolean, a_now timestamptz
) returns table (endpoint text, added int)
language plpgsql volatile as $$
begin
  return query
  with due as (
    select w.id as webhook, e.id as event, row_number() over (order by e.id, w.id)::int - 1 as n
    from webhook w
    join event e on e.tenant = w.tenant and e.id = any(a_events) and matches_event(w.events, e.type)
    where w.tenant = a_tenant and w.status = 'enabled' and (a_webhook is null or w.id = a_webhook)
  ),
  moved as (
    insert into delivery as d (tenant, id, webhook_id, event_id, status, next_attempt_at, created_at)
    select a_tenant, nth_id(a_first_id, due.n), due.webhook, due.event, 'pending', a_now, a_now from due
    on conflict (tenant, webhook_id, event_id) do update
      set status = 'pending', step = 0, next_attempt_at = a_now, settled_at = null
      where a_again and d.status <> 'pending'
    returning d.webhook_id
  )
  select moved.webhook_id::text, count(*)::int from moved group by 1;
end $$;
--> statement-breakpoint
-- What a person wrote, without what the service noted.
create or replace function address_content(a address) returns jsonb
language sql stable parallel safe as $$
  select to_jsonb(a) - array['customer_id', 'unproven', 'version', 'changed_at', 'created_at', 'updated_at']
$$;
--> statement-breakpoint
-- One address as the API answers with it: the version beside it. Nothing when the customer has no such address.
create or replace function address_document(a_tenant text, a_customer text, a_id text) returns json
language plpgsql stable parallel safe as $$
begin
  return (
    select json_build_object('version', a.version,
      'address', address_row_document(a, c.default_shipping_id, c.default_billing_id))
    from customer c join address a on a.tenant = c.tenant and a.customer_id = c.id
    where c.tenant = a_tenant and c.id = a_customer and a.id = a_id);
end $$;
--> statement-breakpoint
-- Lists and filters by the moment of creation go by the id. A trigger, for a check constraint would be prepared anew for each statement
-- that updates a customer, which takes longer than the update.
create or replace function check_created_at() returns trigger
language plpgsql stable as $$
begin
  if new.created_at <> id_moment(new.id) then raise exception 'a customer is created when its id says' using errcode = '23514'; end if;
  return new;
end $$;
alter table customer drop constraint if exists customer_created_when_its_id_says;
create or replace trigger customer_created_when_its_id_says
  before insert or update of id, created_at on customer
  for each row execute function check_created_at();
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
-- What is due to an endpoint, for one worker: others find it taken until the lease is over, so a worker that dies loses nothing
-- but time. Null when there is nothing to do here. The endpoint's row is locked first: who wakes up while another lets go of the
-- endpoint waits, and then sees what that one did not.
create or replace function claim_deliveries(
  a_tenant text, a_webhook text, a_limit int, a_now timestamptz, a_until timestamptz
) returns json
language plpgsql volatile as $$
declare
  it webhook;
  claimed json;
begin
  select * into it from webhook where tenant = a_tenant and id = a_webhook for no key update;
  if not found or it.status <> 'enabled' or it.leased_until > a_now then return null; end if;
  if it.paused_until is null or it.paused_until <= a_now then
    with taken as (
      update delivery set attempts = attempts + 1, attempted_at = a_now, next_attempt_at = a_until
      where tenant = a_tenant and id = any(array(
        select id from delivery
        where tenant = a_tenant and webhook_id = a_webhook and status = 'pending' and next_attempt_at <= a_now
        order by next_attempt_at limit a_limit))
      returning id, event_id, attempts, step)
    select json_agg(json_build_object(
        'id', taken.id, 'eventId', taken.event_id, 'attempts', taken.attempts, 'step', taken.step,
        'body', event_document(e)::text) order by taken.event_id)
      into claimed
      from taken join event e on e.tenant = a_tenant and e.id = taken.event_id;
  end if;
  if claimed is null then return json_build_object('wake', next_wake(a_tenant, a_webhook, a_now)); end if;
  update webhook set leased_until = a_until where tenant = a_tenant and id = a_webhook;
  return json_build_object(
    'url', it.url, 'secret', it.secret,
    'previousSecret', case when it.previous_secret_until > a_now then it.previous_secret end,
    'deliveries', claimed);
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
-- Adds a sum of orders to a customer's counters (sign 1) or takes it out (sign -1); when the last order was is looked up.
create or replace function count_orders(
  a_tenant text, a_customer text, a_sign int, a_orders int, a_amount bigint, a_spent jsonb
) returns void
language plpgsql volatile as $$
declare
  last_at timestamptz := (
    select max(o.placed_at) from "order" o where o.tenant = a_tenant and o.customer_id = a_customer and o.state = 'paid');
begin
  update customer c set
    order_count = c.order_count + a_sign * a_orders,
    total_spent = c.total_spent + a_sign * a_amount,
    spent = add_spent(c.spent, (
      select coalesce(jsonb_object_agg(part.key, jsonb_build_object(
        'amount', a_sign * (part.value ->> 'amount')::bigint, 'orders', a_sign * (part.value ->> 'orders')::int)), '{}')
      from jsonb_each(a_spent) part)),
    last_order_at = last_at,
    last_order_key = coalesce(last_at, '-infinity')
    where c.tenant = a_tenant and c.id = a_customer;
end $$;
--> statement-breakpoint
-- Several customers, each as customer_row_document has it, in the order of the ids. In one query that is planned once: for a page
-- that takes half the time of a call for each. Each is looked up by its key, so that no statistics can mislead the plan; and made of
-- a row, whose columns have their names and types once and for all.
create or replace function customer_documents(a_tenant text, a_ids text[], a_currency text) returns json
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
begin
  return (
    select coalesce(json_agg(row_to_json(document) order by wanted.n), '[]')
    from unnest(a_ids) with ordinality wanted(id, n)
    cross join lateral (select * from customer where tenant = a_tenant and id = wanted.id offset 0) it
    cross join lateral (
      select it.id, it.external_id as "externalId", it.email,
        it.first_name as "firstName", it.last_name as "lastName", it.phone, it.locale,
        it.status, it.email_verified_at is not null as "emailVerified",
        (select coalesce(json_agg(address_row_document(a, it.default_shipping_id, it.default_billing_id) order by a.created_at, a.id), '[]')
          from address a where a.tenant = a_tenant and a.customer_id = it.id) as addresses,
        it.group_keys as groups, it.metadata,
        it.order_count as "orderCount", it.total_spent as "totalSpent", a_currency as currency,
        case when it.spent = '{}' then '[]' else (
          select json_agg(json_build_object('currency', s.key, 'amount', s.value -> 'amount', 'orders', s.value -> 'orders') order by s.key)
          from jsonb_each(it.spent) s) end as spent,
        iso(it.last_order_at) as "lastOrderAt", iso(it.created_at) as "createdAt", iso(it.updated_at) as "updatedAt") document);
end $$;
--> statement-breakpoint
-- A customer's row with its addresses, its fields in the order of the API. The currency is the tenant's. The last expression has
-- no query in it, which PL/pgSQL evaluates without starting an executor.
create or replace function customer_row_document(it customer, a_currency text) returns json
language plpgsql stable parallel safe as $$
declare
  addresses json;
  spent json := '[]';
begin
  select json_agg(address_row_document(a, it.default_shipping_id, it.default_billing_id) order by a.created_at, a.id) into addresses
    from address a where a.tenant = it.tenant and a.customer_id = it.id;
  if it.spent <> '{}' then
    select json_agg(json_build_object('currency', s.key, 'amount', s.value -> 'amount', 'orders', s.value -> 'orders') order by s.key) into spent
      from jsonb_each(it.spent) s;
  end if;
  return json_build_object(
    'id', it.id, 'externalId', it.external_id, 'email', it.email,
    'firstName', it.first_name, 'lastName', it.last_name, 'phone', it.phone, 'locale', it.locale,
    'status', it.status, 'emailVerified', it.email_verified_at is not null,
    'addresses', coalesce(addresses, '[]'),
    'groups', it.group_keys, 'metadata', it.metadata,
    'orderCount', it.order_count, 'totalSpent', it.total_spent, 'currency', a_currency,
    'spent', spent,
    'lastOrderAt', iso(it.last_order_at), 'createdAt', iso(it.created_at), 'updatedAt', iso(it.updated_at));
end $$;
--> statement-breakpoint
-- A delivery as the API shows it.
create or replace function delivery_document(d delivery) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', d.id, 'webhookId', d.webhook_id, 'eventId', d.event_id,
    'type', (select e.type from event e where e.tenant = d.tenant and e.id = d.event_id),
    'status', d.status, 'attempts', d.attempts,
    'nextAttemptAt', case when d.status = 'pending' then iso(d.next_attempt_at) end,
    'attemptedAt', iso(d.attempted_at), 'error', d.error,
    'response', case when d.response_status is not null then json_build_object(
      'status', d.response_status, 'body', d.response_body, 'durationMs', d.response_ms) end,
    'createdAt', iso(d.created_at), 'settledAt', iso(d.settled_at))
$$;
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
  if has_guest then delete from membership where tenant = a_tenant and customer_id = it.id;
  else
    -- What a stranger wrote is not the owner's to inherit.
    update customer set unproven = true where tenant = a_tenant and id = it.id;
    update address set unproven = true where tenant = a_tenant and customer_id = it.id;
    perform settle_default_addresses(a_tenant, it.id, null, null);
  end if;
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
-- Notes that the guest of an address is due to be merged into its account, if it is, with the job that will do it. Returns the
-- job's id, null when there is nothing to do or it is noted already.
create or replace function enqueue_merge(a_tenant text, a_email_key text, a_merge text, a_job text, a_now timestamptz)
returns text
language plpgsql volatile as $$
begin
  insert into merge (tenant, id, state, survivor_id, merged_id, automatic, created_at, tried_at)
  select a_tenant, a_merge, 'pending', account.id, guest.id, true, a_now, a_now
    from customer account join customer guest on guest.tenant = a_tenant and guest.email_key = a_email_key
    where account.tenant = a_tenant and account.email_key = a_email_key and account.status = 'active'
      and guest.status = 'guest' and is_mergeable(account, guest)
    on conflict do nothing;
  if not found then return null; end if;
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (a_tenant, a_job, 'merge', jsonb_build_object('merge', a_merge), a_now + interval '1 minute', a_now);
  return a_job;
end $$;
--> statement-breakpoint
-- The session of an access token that was issued elsewhere: the one it was handed out with; else, once, a session of its own, when
-- its identity has an account here that may log in, and no session of that has ended since the token was issued. Never by e-mail.
create or replace function enter_by_token(
  a_tenant text, a_hash text, a_identity text, a_session text, a_client text, a_statuses text[],
  a_issued timestamptz, a_expires timestamptz, a_now timestamptz
) returns json
language plpgsql volatile as $$
declare
  known session_token;
  it customer;
begin
  select * into known from session_token where tenant = a_tenant and hash = a_hash;
  if found then return json_build_object('customerId', known.customer_id, 'sessionId', known.session_id); end if;
  select * into it from customer where tenant = a_tenant and password_hash like '$hanzo$%'
    and split_part(password_hash, '$', 3) = a_identity for no key update;
  if not found then return json_build_object('refused', 'identity_unlinked'); end if;
  select * into known from session_token where tenant = a_tenant and hash = a_hash;
  if found then return json_build_object('customerId', known.customer_id, 'sessionId', known.session_id); end if;
  if exists (select from signed_out where tenant = a_tenant and customer_id = it.id and at > a_issued)
    or not open_session(a_tenant, a_session, it.id, a_client, '', null, null, null, a_statuses, a_now, a_expires)
  then
    return json_build_object('refused', 'invalid_token');
  end if;
  perform keep_session_token(a_tenant, a_hash, a_session, a_issued, a_expires);
  return json_build_object('customerId', it.id, 'sessionId', a_session);
end $$;
--> statement-breakpoint
-- Refuses when there is no such delivery, or nowhere to send it.
create or replace function expect_delivery(a_tenant text, a_id text) returns void
language plpgsql volatile as $$
declare
  endpoint text;
begin
  select w.status into endpoint from delivery d join webhook w on w.tenant = d.tenant and w.id = d.webhook_id
    where d.tenant = a_tenant and d.id = a_id;
  if not found or endpoint = 'deleted' then perform refuse('delivery_not_found'); end if;
  if endpoint = 'disabled' then perform refuse('webhook_disabled'); end if;
end $$;
--> statement-breakpoint
-- Refuses when nothing can be sent to a webhook.
create or replace function expect_endpoint(a_tenant text, a_id text) returns void
language plpgsql volatile as $$
declare
  found_status text;
begin
  select status into found_status from webhook where tenant = a_tenant and id = a_id;
  if not found or found_status = 'deleted' then perform refuse('webhook_not_found'); end if;
  if found_status = 'disabled' then perform refuse('webhook_disabled'); end if;
end $$;
--> statement-breakpoint
-- Looks at the next so many guests in the walk over all of them, by their addresses, and notes those that are due to be merged and
-- that no commit has noted. Whoever holds the walk's row walks; for another there is nothing to do.
create or replace function find_merges(a_tenant text, a_first text, a_now timestamptz, a_limit int)
returns table (more boolean, noted int)
language plpgsql volatile as $$
declare
  walk sweep;
  last text;
  looked int;
begin
  insert into sweep (tenant, task, position, examined, hits, started_at)
  values (a_tenant, 'merges', '', 0, 0, a_now) on conflict do nothing;
  select * into walk from sweep s where s.tenant = a_tenant and s.task = 'merges' for update skip locked;
  if not found then return; end if;
  with guest as (
    select c as it from customer c
    where c.tenant = a_tenant and c.status = 'guest' and c.email_key > walk.position
    order by c.email_key limit a_limit
  ), due as (
    -- One look-up for each, whatever statistics say.
    select account.id as survivor_id, (guest.it).id as merged_id, row_number() over () as n
    from guest cross join lateral (
      select c.id from customer c
      where c.tenant = a_tenant and c.email_key = (guest.it).email_key and c.status = 'active' and is_mergeable(c, guest.it)
      limit 1) account
  ), fresh as (
    insert into merge (tenant, id, state, survivor_id, merged_id, automatic, created_at)
    select a_tenant, nth_id(a_first, due.n::int), 'pending', due.survivor_id, due.merged_id, true, a_now from due
    on conflict do nothing returning 1
  )
  select (select max((guest.it).email_key) from guest), (select count(*) from guest), (select count(*) from fresh)
    into last, looked, noted;
  more := looked = a_limit;
  update sweep s set
    position = case when more then last else '' end,
    examined = case when more then s.examined + looked else 0 end,
    hits = case when more then s.hits + noted else 0 end,
    started_at = case when more then s.started_at else a_now end
    where s.tenant = a_tenant and s.task = 'merges';
  return next;
end $$;
--> statement-breakpoint
-- The address has an owner now: whoever else tried to register it did so in vain.
create or replace function forget_attempts(a_tenant text, a_email_key text) returns void
language sql volatile as $$
  delete from mail_token t using attempt a
    where t.tenant = a_tenant and a.tenant = a_tenant and a.email_key = a_email_key and t.subject = a.id;
  delete from attempt where tenant = a_tenant and email_key = a_email_key;
$$;
--> statement-breakpoint
-- Waits for whoever takes the same external id, and refuses one that another customer has. Null is nobody's.
create or replace function hold_external_id(a_tenant text, a_external_id text, a_customer text) returns boolean
language plpgsql volatile as $$
begin
  if a_external_id is null then return true; end if;
  perform pg_advisory_xact_lock(hashtextextended(a_tenant || chr(31) || a_external_id, 2));
  if exists (select from customer where tenant = a_tenant and external_id = a_external_id and status <> 'deleted' and id <> a_customer)
    then perform refuse('external_id_taken'); end if;
  return true;
end $$;
--> statement-breakpoint
-- Keeps the guest of an address from being merged until the commit, so that it can be answered with. One that was merged while we
-- looked leaves room for another: once more.
create or replace function hold_guest(a_tenant text, a_email_key text) returns void
language plpgsql volatile as $$
begin
  perform from customer where tenant = a_tenant and email_key = a_email_key and status = 'guest' for no key update;
  if not found then raise serialization_failure; end if;
end $$;
--> statement-breakpoint
-- Head of what someone does who has just shown the password: waits for whoever is changing the account, and refuses when that is no
-- longer its password. A function of its own, so that the statements after it see what it waited for.
create or replace function hold_password(a_tenant text, a_customer text, a_credential text) returns void
language plpgsql volatile as $$
begin
  perform from customer where tenant = a_tenant and id = a_customer and password_hash = a_credential for no key update;
  if not found then perform refuse('invalid_credentials'); end if;
end $$;
--> statement-breakpoint
-- Head of what someone does with a session in place of the password: waits for whoever is changing the account, and refuses when that
-- has ended the session. A function of its own, so that the statements after it see what it waited for.
create or replace function hold_session(a_tenant text, a_customer text, a_session text, a_now timestamptz) returns void
language plpgsql volatile as $$
begin
  perform from customer where tenant = a_tenant and id = a_customer for no key update;
  perform check_session(a_tenant, a_customer, a_session, a_now);
end $$;
--> statement-breakpoint
-- When an id was made, to the millisecond: its first ten digits are 48 bits of time (TypeID over UUIDv7, RFC 9562).
create or replace function id_moment(a_id text) returns timestamptz
language sql immutable strict parallel safe as $$
  select to_timestamp((
    (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 1, 1))::bigint << 45)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 2, 1))::bigint << 40)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 3, 1))::bigint << 35)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 4, 1))::bigint << 30)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 5, 1))::bigint << 25)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 6, 1))::bigint << 20)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 7, 1))::bigint << 15)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 8, 1))::bigint << 10)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 9, 1))::bigint << 5)
  + strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 10, 1))) / 1000.0)
$$;
--> statement-breakpoint
-- The indexes that lists walk: by each sort, and by what few have. Each carries what a list filters by, so that rows that do not
-- fit are passed over without a look at the table, where each would be on a page of its own.
create or replace function index_lists() returns void
language plpgsql volatile as $$
begin
  create index if not exists customer_by_id on customer (tenant, listed, id)
    include (status, country, order_count, total_spent, last_order_key, updated_at);
  create index if not exists customer_by_updated_at on customer (tenant, listed, updated_at, id)
    include (status, country, order_count, total_spent, last_order_key);
  create index if not exists customer_by_total_spent on customer (tenant, listed, total_spent, id)
    include (status, country, order_count, last_order_key, updated_at);
  create index if not exists customer_by_order_count on customer (tenant, listed, order_count, id)
    include (status, country, total_spent, last_order_key, updated_at);
  create index if not exists customer_by_last_order on customer (tenant, listed, last_order_key, id)
    include (status, country, order_count, total_spent, updated_at);
  create index if not exists customer_by_last_name on customer (tenant, listed, last_name_key, id)
    include (status, country, order_count, total_spent, last_order_key, updated_at);
  create index if not exists customer_by_first_name on customer (tenant, listed, first_name_key, id);
  create index if not exists customer_by_email on customer (tenant, listed, email_key, id)
    include (status, country, order_count, total_spent, last_order_key, updated_at);
  create index if not exists customer_by_country on customer (tenant, listed, country, id)
    include (status, order_count, total_spent, last_order_key, updated_at);
  create index if not exists customer_by_rare_status on customer (tenant, listed, status, id)
    include (country, order_count, total_spent, last_order_key, updated_at) where status <> 'active';
end $$;

select index_lists();

-- Room on each page for the next version of a customer: what no index has, such as the sequence of its events, then changes without
-- a new entry in each of them.
alter table customer set (fillfactor = 80);
--> statement-breakpoint
-- An account, unless one holds its address: then nothing, or the refusal a_taken. Whoever wants the same address or external id waits,
-- so that no unique index has to say no, for Postgres logs the values that break one. With a_event, what only a storefront's login
-- made makes room first. Returns the sequence of that event, null when there was nothing in the way.
create or replace function insert_account(
  a_tenant text, a_account jsonb, a_now timestamptz, a_taken text,
  a_event text, a_job text, a_actor jsonb, a_request text
) returns int
language plpgsql volatile as $$
declare
  displaced int;
begin
  perform lock_email(a_tenant, a_account ->> 'email_key');
  if a_event is not null then
    displaced := displace_provisional(a_tenant, a_account ->> 'email_key', a_event, a_job, a_actor, a_request, a_now);
  end if;
  insert into customer (tenant, id, external_id, email, email_key, first_name, last_name, first_name_key, last_name_key,
      phone, locale, status, provisional, email_verified_at, claimed_at, password_hash, metadata, created_at, updated_at)
    select a_tenant, id, external_id, email, email_key, first_name, last_name, first_name_key, last_name_key,
      phone, locale, status, provisional, proven_at, proven_at, password_hash, metadata, a_now, a_now
    from jsonb_to_record(a_account) as it (id text, external_id text, email text, email_key text, first_name text, last_name text,
      first_name_key text, last_name_key text, phone text, locale text, status text, provisional boolean, proven_at timestamptz,
      password_hash text, metadata jsonb)
    where hold_external_id(a_tenant, it.external_id, it.id)
    on conflict (tenant, email_key) where status in ('unverified', 'active', 'disabled') do nothing;
  if not found and a_taken is not null then perform refuse(a_taken); end if;
  return displaced;
end $$;
--> statement-breakpoint
-- An address, unless the customer has the very same; that one stays as it is, but is vouched for from now on if this one is.
-- The customer is locked before, and the defaults are settled after.
create or replace function insert_address(a_tenant text, a_customer text, a_address jsonb, a_now timestamptz) returns void
language plpgsql volatile as $$
begin
  insert into address (tenant, id, customer_id, label, first_name, last_name, company, line1, line2, city, state, postal_code,
      country, phone, sameness, unproven, created_at, updated_at)
    select a_tenant, id, a_customer, label, first_name, last_name, company, line1, line2, city, state, postal_code,
      country, phone, sameness, unproven, a_now, a_now
    from jsonb_to_record(a_address) as given (id text, label text, first_name text, last_name text, company text,
      line1 text, line2 text, city text, state text, postal_code text, country text, phone text, sameness text, unproven boolean)
    on conflict (tenant, customer_id, sameness) do update set unproven = false
      where address.unproven and not excluded.unproven;
end $$;
--> statement-breakpoint
-- Whether a guest may be merged without anyone asking: into the account of its address, whose owner has proven both the inbox and
-- that the account is theirs, and unless the pair was parted before. A guess in either is how a stranger would get at the orders.
create or replace function is_mergeable(a_account customer, a_guest customer) returns boolean
language sql stable as $$
  select a_guest.status = 'guest' and a_account.status = 'active' and a_account.email_key = a_guest.email_key
    and a_account.email_verified_at is not null and a_account.claimed_at is not null
    and not exists (
      select from merge m where m.tenant = a_guest.tenant and m.merged_id = a_guest.id
        and m.survivor_id = a_account.id and m.state = 'undone')
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
-- The words of a customer's name after the first of the first name and the first of the last, which have indexes of their own:
-- each once, whoever writes a name and however.
create or replace function keep_name_words() returns trigger
language plpgsql volatile as $$
declare
  before text[] := '{}';
  now text[] := '{}';
begin
  if tg_op <> 'INSERT' then
    before := (string_to_array(old.first_name_key, ' '))[2:] || (string_to_array(old.last_name_key, ' '))[2:];
  end if;
  if tg_op <> 'DELETE' then
    now := (string_to_array(new.first_name_key, ' '))[2:] || (string_to_array(new.last_name_key, ' '))[2:];
  end if;
  delete from name_word where tenant = old.tenant and customer_id = old.id and word = any(before) and word <> all(now);
  insert into name_word (tenant, word, customer_id)
    select distinct new.tenant, word, new.id from unnest(now) word where word <> all(before);
  return null;
end $$;

create or replace trigger name_is_written after insert on customer
  for each row when (strpos(new.first_name_key || new.last_name_key, ' ') > 0) execute function keep_name_words();

create or replace trigger name_is_rewritten after update of first_name_key, last_name_key on customer
  for each row when ((old.first_name_key, old.last_name_key) is distinct from (new.first_name_key, new.last_name_key))
  execute function keep_name_words();

create or replace trigger name_is_gone after delete on customer
  for each row when (strpos(old.first_name_key || old.last_name_key, ' ') > 0) execute function keep_name_words();
--> statement-breakpoint
-- Keeps which session an access token belongs to, when there is such a session.
create or replace function keep_session_token(
  a_tenant text, a_hash text, a_session text, a_issued timestamptz, a_expires timestamptz
) returns void
language sql volatile as $$
  insert into session_token (tenant, hash, session_id, customer_id, issued_at, expires_at)
    select a_tenant, a_hash, s.id, s.customer_id, a_issued, a_expires
    from session s where s.tenant = a_tenant and s.id = a_session
  on conflict do nothing;
$$;
--> statement-breakpoint
-- Waits for the customer's row and refuses what cannot be written to. A function of its own, so that the statements after it
-- see what it waited for. With a version, refuses when the reader's copy is stale.
create or replace function lock_customer(a_tenant text, a_id text, a_version int default null) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  select status, version, changed_at into it from customer
    where tenant = a_tenant and id = a_id for no key update;
  if not found or it.status in ('erased', 'deleted') then perform refuse('customer_not_found'); end if;
  if it.status = 'merged' then
    if (visible_customer(a_tenant, a_id)).id is null then perform refuse('customer_not_found'); end if;
    perform refuse('customer_merged');
  end if;
  if a_version is not null then perform refuse_stale(a_version, it.version, it.changed_at); end if;
end $$;
--> statement-breakpoint
-- Head of every change of a webhook: waits for whoever is changing it or recording what came of its deliveries.
create or replace function lock_webhook(a_tenant text, a_id text, a_version int default null) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  select status, version, changed_at into it from webhook where tenant = a_tenant and id = a_id for no key update;
  if not found or it.status = 'deleted' then perform refuse('webhook_not_found'); end if;
  if a_version is not null then perform refuse_stale(a_version, it.version, it.changed_at); end if;
end $$;
--> statement-breakpoint
-- Whether an endpoint that asked for these events is told of this type: by its name, by its family, or with all.
create or replace function matches_event(a_events text[], a_type text) returns boolean
language sql immutable parallel safe as $$
  select a_events && array[a_type, split_part(a_type, '.', 1) || '.*', '*']
$$;
--> statement-breakpoint
-- Carries out many plans, each for itself: what one of them refuses does not stop the others. All customers are locked at once, in
-- the order of their ids. Plans that must not be are forgotten. Returns each plan's end and the announcements it left.
create or replace function merge_batch(
  a_tenant text, a_plans jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns table (outcome text, jobs text[])
-- Everything here is found by a key. A plan made for tables as small as statistics still believe them would read them whole.
language plpgsql volatile set enable_seqscan = off as $$
declare
  plan jsonb;
begin
  perform lock_customers(a_tenant, array(
    select side from jsonb_array_elements(a_plans) p, lateral (values (p ->> 'survivorId'), (p ->> 'mergedId')) of_plan (side)));
  for plan in select * from jsonb_array_elements(a_plans) loop
    outcome := merge_customers(a_tenant, plan, a_currency, a_actor, a_request, a_now);
    if outcome = 'refused' then
      delete from merge where tenant = a_tenant and id = plan ->> 'merge' and state = 'pending';
    end if;
    jobs := array(select j.id from job j where outcome = 'done' and j.tenant = a_tenant and j.kind = 'announce'
      and j.id = any(array[plan ->> 'job', plan ->> 'mergedJob'] || array(
        select nth_id(plan ->> 'groupJob', n) from generate_series(0, jsonb_array_length(plan -> 'groups') - 1) n)));
    return next;
  end loop;
end $$;
--> statement-breakpoint
-- Carries out a plan of core/merge/plan.ts on two customers that are locked. 'done'; 'moved' when either is not what it was planned
-- on; 'refused' when it must not be, or not any more: for what nobody asked for, the proofs are looked at here and now.
create or replace function merge_customers(
  a_tenant text, a_plan jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns text
language plpgsql volatile as $$
declare
  s customer;
  m customer;
  before jsonb;
  order_ids text[];
  address_ids text[];
  joined_keys text[];
  follower_ids text[];
  fills jsonb := a_plan -> 'profile';
  adds jsonb := a_plan -> 'metadata';
  automatic boolean := a_plan -> 'automatic';
  told jsonb;
begin
  select * into s from customer where tenant = a_tenant and id = a_plan ->> 'survivorId';
  select * into m from customer where tenant = a_tenant and id = a_plan ->> 'mergedId';
  if not coalesce(s.listed and m.listed and (s.status <> 'guest' or m.status = 'guest') and s.id <> m.id, false)
    or automatic and not is_mergeable(s, m) then return 'refused'; end if;
  if s.version <> (a_plan -> 'survivorVersion')::int or m.version <> (a_plan -> 'mergedVersion')::int
    or automatic and (iso(m.created_at) > iso(s.claimed_at)) <> (a_plan -> 'ordersOnly')::boolean then return 'moved'; end if;
  before := jsonb_build_object('survivor', merge_image(s), 'merged', merge_image(m));

  order_ids := move_orders(a_tenant, m.id, s.id, null, a_currency);
  with moved as (
    update address a set customer_id = s.id, version = a.version + 1
      where a.tenant = a_tenant and a.customer_id = m.id
        and a.id in (select jsonb_array_elements_text(a_plan -> 'addresses'))
      returning a.id
  ) select coalesce(array_agg(id order by id), '{}') into address_ids from moved;
  delete from address a where a.tenant = a_tenant and a.customer_id = m.id;
  with joined as (
    insert into membership (tenant, group_key, customer_id, source, added_at, expires_at)
      select a_tenant, g.key, s.id, 'merge', a_now, planned."expiresAt"
        from jsonb_to_recordset(a_plan -> 'groups') as planned (key text, "expiresAt" timestamptz)
          join "group" g on g.tenant = a_tenant and g.key = planned.key and g.dissolved_at is null
      on conflict do nothing
      returning group_key
  ) select coalesce(array_agg(group_key order by group_key), '{}') into joined_keys from joined;
  delete from membership where tenant = a_tenant and customer_id = m.id;

  with led as (
    update customer c set merged_into = s.id where c.tenant = a_tenant and c.merged_into = m.id returning c.id
  ) select coalesce(array_agg(id order by id), '{}') into follower_ids from led;
  update customer c set status = 'merged', merged_into = s.id, password_hash = null,
    external_id = case when fills ? 'externalId' then null else c.external_id end,
    default_shipping_id = null, default_billing_id = null, country = ''
    where c.tenant = a_tenant and c.id = m.id;
  update customer c set
    external_id = coalesce(c.external_id, fills ->> 'externalId'),
    first_name = coalesce(c.first_name, fills ->> 'firstName'),
    first_name_key = case when fills ? 'firstName' then m.first_name_key else c.first_name_key end,
    last_name = coalesce(c.last_name, fills ->> 'lastName'),
    last_name_key = case when fills ? 'lastName' then m.last_name_key else c.last_name_key end,
    phone = coalesce(c.phone, fills ->> 'phone'),
    locale = coalesce(c.locale, fills ->> 'locale'),
    metadata = adds || c.metadata
    where c.tenant = a_tenant and c.id = s.id and (fills <> '{}' or adds <> '{}');
  perform settle_default_addresses(a_tenant, s.id, null, null);

  delete from merge where tenant = a_tenant and merged_id = m.id and state = 'pending' and id <> a_plan ->> 'merge';
  insert into merge (tenant, id, state, survivor_id, merged_id, automatic, orders_only, actor, request_id, created_at, merged_at,
    before, password_hash, order_ids, address_ids, group_keys, follower_ids, profile, metadata)
  values (a_tenant, a_plan ->> 'merge', 'done', s.id, m.id, automatic, (a_plan -> 'ordersOnly')::boolean, a_actor, a_request,
    a_now, a_now, before, m.password_hash, order_ids, address_ids, joined_keys, follower_ids, fills, adds)
  on conflict (tenant, id) do update set
    state = 'done', orders_only = excluded.orders_only, actor = excluded.actor, request_id = excluded.request_id,
    merged_at = excluded.merged_at, before = excluded.before, password_hash = excluded.password_hash,
    order_ids = excluded.order_ids, address_ids = excluded.address_ids, group_keys = excluded.group_keys,
    follower_ids = excluded.follower_ids, profile = excluded.profile, metadata = excluded.metadata;

  told := jsonb_build_object('mergeId', a_plan -> 'merge', 'survivorId', s.id, 'mergedId', m.id, 'automatic', automatic,
    'orders', cardinality(order_ids), 'addresses', cardinality(address_ids),
    'orderIds', order_ids[1:100], 'addressIds', address_ids, 'groups', joined_keys);
  perform emit(a_tenant, s.id, a_plan ->> 'event', a_plan ->> 'job', 'customer.merged',
    array(select jsonb_object_keys(fills)) || case when adds <> '{}' then array['metadata'] else '{}' end
      || case when address_ids <> '{}' then array['addresses'] else '{}' end
      || case when joined_keys <> '{}' then array['groups'] else '{}' end,
    told || '{"role":"survivor"}', a_actor, a_request, a_now);
  perform emit_each(a_tenant, a_plan ->> 'groupEvent', a_plan ->> 'groupJob', 'customer.group_added', '{}', (
    select coalesce(jsonb_agg(jsonb_build_object('customerId', s.id, 'group', g.key, 'source', 'merge',
      'expiresAt', iso(ms.expires_at)) order by g.key), '[]')
    from unnest(joined_keys) g (key)
      join membership ms on ms.tenant = a_tenant and ms.group_key = g.key and ms.customer_id = s.id), a_actor, a_request, a_now);
  perform emit(a_tenant, m.id, a_plan ->> 'mergedEvent', a_plan ->> 'mergedJob', 'customer.merged',
    array['status'], told || '{"role":"merged"}', a_actor, a_request, a_now);
  return 'done';
end $$;
--> statement-breakpoint
-- A merge as the API shows it; with a_detail also which orders and addresses moved, and what stays in the record.
create or replace function merge_document(m merge, a_window interval, a_detail boolean) returns json
language sql stable as $$
  select json_build_object(
    'id', m.id, 'state', m.state, 'survivorId', m.survivor_id, 'mergedId', m.merged_id, 'automatic', m.automatic,
    'ordersOnly', m.orders_only, 'actor', m.actor, 'requestId', m.request_id,
    'orders', cardinality(m.order_ids), 'addresses', cardinality(m.address_ids), 'groups', m.group_keys,
    'profile', array(select jsonb_object_keys(m.profile) order by 1), 'metadata', array(select jsonb_object_keys(m.metadata) order by 1),
    'conflicts', m.conflicts, 'createdAt', iso(m.created_at), 'mergedAt', iso(m.merged_at),
    'undoableUntil', case when m.state = 'done' then iso(m.merged_at + a_window) end,
    'undoneAt', iso(m.undone_at), 'undoneBy', m.undone_by,
    'detail', case when a_detail and m.state <> 'pending' then json_build_object(
      'orderIds', m.order_ids, 'addressIds', m.address_ids,
      'leftAddresses', (
        select coalesce(json_agg(address_row_document(a, null, null) order by a.created_at, a.id), '[]')
        from jsonb_populate_recordset(null::address, m.before #> '{merged,addresses}') a where a.id <> all(m.address_ids)),
      'leftMetadata', (m.before #> '{merged,customer,metadata}') - array(select jsonb_object_keys(m.metadata))) end)
$$;
--> statement-breakpoint
-- A customer with its addresses and memberships as they are, to be put back by an undo. Without its password.
create or replace function merge_image(it customer) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'customer', to_jsonb(it) - 'password_hash',
    'addresses', coalesce((
      select jsonb_agg(to_jsonb(a) order by a.id) from address a where a.tenant = it.tenant and a.customer_id = it.id), '[]'),
    'memberships', coalesce((
      select jsonb_agg(to_jsonb(m) order by m.group_key) from membership m
      where m.tenant = it.tenant and m.customer_id = it.id), '[]'))
$$;
--> statement-breakpoint
-- One customer as a plan to merge it looks at it.
create or replace function merge_side(it customer) returns json
language sql stable as $$
  select json_build_object(
    'id', it.id, 'status', it.status, 'version', it.version, 'changedAt', it.changed_at, 'mergedInto', it.merged_into,
    'unproven', it.unproven, 'createdAt', iso(it.created_at), 'claimedAt', iso(it.claimed_at),
    'profile', profile_document(it),
    'metadata', it.metadata, 'orderCount', it.order_count, 'spent', spent_document(it.spent),
    'addresses', coalesce((
      select json_agg(json_build_object('id', a.id, 'sameness', a.sameness, 'unproven', a.unproven)
        order by a.id = it.default_shipping_id desc nulls last, a.id = it.default_billing_id desc nulls last,
          a.updated_at desc, a.id)
      from address a where a.tenant = it.tenant and a.customer_id = it.id), '[]'),
    'groups', coalesce((
      select json_agg(json_build_object('key', m.group_key, 'source', m.source, 'expiresAt', iso(m.expires_at)) order by m.group_key)
      from membership m where m.tenant = it.tenant and m.customer_id = it.id), '[]'))
$$;
--> statement-breakpoint
-- The merges that an account's moves to other addresses caused, from the move that a token of an undo belongs to on.
create or replace function merges_of_moves(a_tenant text, a_customer text, a_token text)
returns table (merge_id text, merged_id text)
language sql stable as $$
  select distinct m.id, m.merged_id
  from mail_token t
    join email_change first_move on first_move.tenant = a_tenant and first_move.id = t.change_id
    join email_change move on move.tenant = a_tenant and move.customer_id = a_customer
      and move.confirmed_at >= first_move.confirmed_at
    join merge m on m.tenant = a_tenant and m.survivor_id = a_customer and m.state = 'done' and m.automatic
      and m.merged_at >= move.confirmed_at
    join customer guest on guest.tenant = a_tenant and guest.id = m.merged_id and guest.email_key = move.new_email_key
  where t.tenant = a_tenant and t.id = a_token and t.subject = a_customer and t.purpose = 'undo'
$$;
--> statement-breakpoint
-- What becomes of a customer becomes of the user that was made for it at the provider: whichever use case it was, the commit leaves
-- a job that compares both. Users that were there before are not ours to change.
create or replace function mirror_customer() returns trigger
language plpgsql volatile as $$
begin
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (new.tenant, 'job_0' || left(md5(gen_random_uuid()::text), 25), 'mirror',
    jsonb_build_object('customer', new.id, 'user', split_part(coalesce(new.password_hash, old.password_hash), '$', 4)),
    now(), now());
  return null;
end $$;
create or replace trigger customer_is_mirrored
  after update of status, email_key, email_verified_at, password_hash on customer
  for each row
  when ((old.password_hash like '$hanzo$%' or new.password_hash like '$hanzo$%')
    and starts_with(split_part(coalesce(new.password_hash, old.password_hash), '$', 4), new.id || '-')
    and (old.status, old.email_key, old.email_verified_at is null, old.password_hash)
      is distinct from (new.status, new.email_key, new.email_verified_at is null, new.password_hash))
  execute function mirror_customer();
--> statement-breakpoint
-- Moves orders from one customer to another, both locked: all there are, or those of a list that it still has. Their sum leaves
-- the one's counters and enters the other's. Returns the ids of what moved.
create or replace function move_orders(a_tenant text, a_from text, a_to text, a_ids text[], a_currency text) returns text[]
language plpgsql volatile as $$
declare
  ids text[];
  orders int;
  amount bigint;
  spent jsonb;
begin
  with moved as (
    update "order" o set customer_id = a_to
      where o.tenant = a_tenant and o.customer_id = a_from and (a_ids is null or o.id = any(a_ids))
      returning o.*
  ), part as (
    select moved.currency, count(*) as orders, sum(moved.gross - moved.refunded) as amount
    from moved where moved.state = 'paid' group by moved.currency
  )
  select (select coalesce(array_agg(id order by id), '{}') from moved), coalesce(sum(part.orders), 0),
    coalesce(sum(part.amount) filter (where part.currency = a_currency), 0),
    coalesce(jsonb_object_agg(part.currency, jsonb_build_object('amount', part.amount, 'orders', part.orders))
      filter (where part.currency is not null), '{}')
    into ids, orders, amount, spent from part;
  if cardinality(ids) > 0 then
    perform count_orders(a_tenant, a_from, -1, orders, amount, spent);
    perform count_orders(a_tenant, a_to, 1, orders, amount, spent);
  end if;
  return ids;
end $$;
--> statement-breakpoint
-- In how many seconds a worker should look at an endpoint again; null when nothing is due so soon that cron would be late, or
-- when a wake-up is on its way.
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
--> statement-breakpoint
-- With a session end the tokens that were issued elsewhere for it, and whatever older ones were never seen here: a token is not
-- let in again by the door it was shown out of. The clock of whoever issued it may be ahead of ours.
create or replace function note_sign_out() returns trigger
language plpgsql volatile as $$
begin
  insert into signed_out (tenant, customer_id, at)
    values (old.tenant, old.customer_id, greatest(clock_timestamp(), old.issued_at + interval '1 second'))
  on conflict (tenant, customer_id) do update set at = greatest(signed_out.at, excluded.at);
  return null;
end $$;
create or replace trigger session_token_signs_out
  after delete on session_token
  for each row
  when (old.expires_at > now())
  execute function note_sign_out();
--> statement-breakpoint
-- Everyone whose counters these orders may touch: who stands for the customers they name, and who holds them now. Each is looked up
-- by its key, for the planner takes a batch to be a hundred orders and would rather read the whole ledger.
create or replace function order_sides(a_tenant text, a_orders jsonb) returns setof text
language plpgsql stable as $$
begin
  return query
  select side
  from jsonb_to_recordset(a_orders) as given (customer_id text)
    cross join lateral (
      select coalesce(c.merged_into, c.id) as side from customer c where c.tenant = a_tenant and c.id = given.customer_id offset 0) named
  union
  select side
  from jsonb_to_recordset(a_orders) as given (id text)
    cross join lateral (
      select o.customer_id as side from "order" o where o.tenant = a_tenant and o.id = given.id offset 0) held;
end $$;
--> statement-breakpoint
-- The fields of a customer that a merge may fill.
create or replace function profile_document(it customer) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_build_object('externalId', it.external_id, 'firstName', it.first_name, 'lastName', it.last_name,
    'phone', it.phone, 'locale', it.locale)
$$;
--> statement-breakpoint
-- Looks at the next so many guests in the walk over all of them and removes those that are old and have no order, and whoever was
-- merged into one: with their addresses, memberships, merges and past events. What is left of each is one event that names no
-- person. Whoever holds the walk's row walks; nobody waits for a guest that someone is writing to.
create or replace function purge_guests(
  a_tenant text, a_before timestamptz, a_limit int, a_event text, a_job text, a_actor jsonb, a_now timestamptz
) returns table (more boolean, jobs text[])
language plpgsql volatile as $$
declare
  walk sweep;
  looked text[];
  gone text[];
begin
  insert into sweep (tenant, task, position, examined, hits, started_at)
  values (a_tenant, 'guests', '', 0, 0, a_now) on conflict do nothing;
  select * into walk from sweep s where s.tenant = a_tenant and s.task = 'guests' for update skip locked;
  if not found then return; end if;
  looked := array(select c.id from customer c
    where c.tenant = a_tenant and c.status = 'guest' and c.id > walk.position order by c.id limit a_limit);
  gone := array(select c.id from customer c
    where c.tenant = a_tenant and c.id = any(looked) and c.status = 'guest' and c.created_at < a_before and c.updated_at < a_before
    order by c.id for update skip locked);
  -- Only now that nobody can add one: who has an order stays.
  gone := array(select one.id from unnest(gone) one (id)
    where not exists (select from "order" o where o.tenant = a_tenant and o.customer_id = one.id));
  gone := gone || array(select c.id from customer c where c.tenant = a_tenant and c.merged_into = any(gone) for update);

  delete from event e where e.tenant = a_tenant and e.customer_id = any(gone);
  insert into event (tenant, id, customer_id, sequence, type, data, actor, at)
  select a_tenant, nth_id(a_event, n::int), c.id, c.sequence + 1, 'customer.deleted', jsonb_build_object('customerId', c.id), a_actor, a_now
  from unnest(gone) with ordinality one (id, n) join customer c on c.tenant = a_tenant and c.id = one.id;
  with told as (
    insert into job (tenant, id, kind, payload, due_at, created_at)
    select a_tenant, nth_id(a_job, n::int), 'announce', jsonb_build_object('event', nth_id(a_event, n::int)),
      a_now + interval '1 minute', a_now
    from unnest(gone) with ordinality one (id, n) returning id
  ) select coalesce(array_agg(id), '{}') into jobs from told;

  delete from merge m where m.tenant = a_tenant and (m.survivor_id = any(gone) or m.merged_id = any(gone));
  delete from membership m where m.tenant = a_tenant and m.customer_id = any(gone);
  update customer c set default_shipping_id = null, default_billing_id = null, country = ''
    where c.tenant = a_tenant and c.id = any(gone) and c.default_shipping_id is not null;
  delete from address a where a.tenant = a_tenant and a.customer_id = any(gone);
  delete from idempotency i where i.tenant = a_tenant and i.customer_id = any(gone);
  delete from customer c where c.tenant = a_tenant and c.id = any(gone);

  more := cardinality(looked) = a_limit;
  update sweep s set position = case when more then looked[a_limit] else '' end,
    examined = case when more then s.examined + cardinality(looked) else 0 end,
    hits = case when more then s.hits + cardinality(gone) else 0 end
    where s.tenant = a_tenant and s.task = 'guests';
  return next;
end $$;
--> statement-breakpoint
-- What came of the deliveries that a worker claimed until a_until: per delivery an outcome (delivered, failed, unsent), when to
-- try again (null: never), and the answer. An arrival counts whoever reports it; all else only from the worker that sent last.
-- An endpoint that is gone, or has failed for five days, is disabled, and says so. Returns when to look again, and whether there
-- is an event to tell of.
create or replace function record_deliveries(
  a_tenant text, a_webhook text, a_until timestamptz, a_results json, a_pause timestamptz, a_gone boolean,
  a_event text, a_job text, a_actor jsonb, a_now timestamptz
) returns json
language plpgsql volatile as $$
declare
  it webhook;
  last record;
  arrived boolean;
  missed boolean;
  reason text;
begin
  select * into it from webhook where tenant = a_tenant and id = a_webhook for no key update;
  update delivery d set
    status = case when r.outcome = 'delivered' then 'delivered'
      when r.outcome = 'failed' and r.next is null then 'failed' else 'pending' end,
    step = d.step + (r.outcome = 'failed')::int,
    attempts = d.attempts - (r.outcome = 'unsent')::int,
    next_attempt_at = coalesce(r.next, a_now),
    response_status = case when r.outcome = 'unsent' then d.response_status else r.status end,
    response_body = case when r.outcome = 'unsent' then d.response_body else r.body end,
    response_ms = case when r.outcome = 'unsent' then d.response_ms else r.ms end,
    error = case when r.outcome = 'unsent' then d.error else r.error end,
    settled_at = case when r.outcome = 'delivered' or r.outcome = 'failed' and r.next is null then a_now end
    from json_to_recordset(a_results)
      as r (id text, attempts int, outcome text, next timestamptz, status int, body text, ms int, error text)
    where d.tenant = a_tenant and d.id = r.id and d.status = 'pending'
      and (d.attempts = r.attempts or r.outcome = 'delivered');
  select bool_or(r.outcome = 'delivered'), bool_or(r.outcome = 'failed') into arrived, missed
    from json_to_recordset(a_results) as r (outcome text);
  select r.status, r.error into last
    from rows from (json_to_recordset(a_results) as (outcome text, status int, error text))
      with ordinality as r (outcome, status, error, n)
    where r.outcome <> 'unsent' order by r.n desc limit 1;
  update webhook set
    failing_since = case when arrived then null when missed then coalesce(failing_since, a_now) else failing_since end,
    last_at = case when arrived or missed then a_now else last_at end,
    last_status = case when arrived or missed then last.status else last_status end,
    last_error = case when arrived or missed then last.error else last_error end,
    paused_until = greatest(paused_until, a_pause),
    leased_until = case when leased_until = a_until then null else leased_until end
    where tenant = a_tenant and id = a_webhook returning * into it;
  if it.status = 'enabled' and a_gone then reason := 'gone';
  elsif it.status = 'enabled' and it.failing_since <= a_now - interval '5 days' then reason := 'failing';
  else return json_build_object('told', false, 'wake', next_wake(a_tenant, a_webhook, a_now));
  end if;
  update webhook set
    status = 'disabled', disabled_reason = reason, version = version + 1, updated_at = a_now,
    changed_at = changed_at || jsonb_build_object('status', version + 1, 'disabledReason', version + 1)
    where tenant = a_tenant and id = a_webhook;
  insert into event (tenant, id, type, data, actor, at) values (a_tenant, a_event, 'webhook.disabled',
    jsonb_build_object('webhookId', a_webhook, 'reason', reason, 'failingSince', iso(it.failing_since)), a_actor, a_now);
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (a_tenant, a_job, 'announce', jsonb_build_object('event', a_event), a_now + interval '1 minute', a_now);
  return json_build_object('told', true);
end $$;
--> statement-breakpoint
-- Takes the states of many orders into the ledger, and their difference into the counters of the customers they belong to, with
-- one event for each. Per order the newest version wins, also when it names another customer; a merged customer's orders are its
-- survivor's. Who is gone gets no new orders, but what the ledger holds for it stays true, quietly.
-- Everyone is looked up by key: the planner takes any batch to be a hundred orders, and would rather read all customers of a small shop.
-- Each order: {ordinal, id, customer_id, currency, gross, refunded, state, placed_at, version, event, job, left_event, left_job};
-- the latter two tell whom it moved away from.
create or replace function record_orders(
  a_tenant text, a_orders jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns table (ordinal int, known boolean, applied boolean, document json, jobs text[])
language plpgsql volatile set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  locked text[];
  written jsonb;
  told text[];
  tries int := 0;
begin
  -- When a merge or another batch was faster while we waited, the locks are given back: once more, with those it named.
  loop
    begin
      select coalesce(array_agg(side.id), '{}') into locked from (
        select c.id from customer c
        where c.tenant = a_tenant and c.id = any(array(select order_sides(a_tenant, a_orders)))
        order by c.id for no key update) side;
      if exists (select from order_sides(a_tenant, a_orders) side where side <> all(locked)) then
        raise serialization_failure;
      end if;

      with given as (
        select * from jsonb_to_recordset(a_orders) as o (ordinal int, id text, customer_id text, currency text, gross bigint,
          refunded bigint, state text, placed_at timestamptz, version bigint)
      ), newest as (
        select distinct on (given.id) given.*, holder.id as holder
        from given
          join customer named on named.tenant = a_tenant and named.id = given.customer_id
          join customer holder on holder.tenant = a_tenant and holder.id = coalesce(named.merged_into, named.id)
        where holder.listed or (
          select true from "order" o where o.tenant = a_tenant and o.id = given.id and o.customer_id = holder.id limit 1)
        order by given.id, given.version desc, given.ordinal
      ), result as (
        insert into "order" as o (tenant, id, customer_id, currency, gross, refunded, state, placed_at, version, created_at, updated_at)
        select a_tenant, id, holder, currency, gross, refunded, state, placed_at, version, a_now, a_now from newest order by id
        on conflict (tenant, id) do update set
          customer_id = excluded.customer_id, currency = excluded.currency, gross = excluded.gross, refunded = excluded.refunded,
          state = excluded.state, placed_at = excluded.placed_at, version = excluded.version, updated_at = excluded.updated_at
          where o.version < excluded.version
        returning o.id, to_jsonb(old) as before, to_jsonb(new) as after
      )
      select coalesce(jsonb_agg(jsonb_build_object('ordinal', newest.ordinal, 'before', before, 'after', after)), '[]') into written
        from result join newest using (id);
      if exists (select from jsonb_array_elements(written) w where w #>> '{before,customer_id}' <> all(locked)) then
        raise serialization_failure;
      end if;
      exit;
    exception when serialization_failure then
      tries := tries + 1;
      if tries = 20 then raise; end if;
    end;
  end loop;

  with state as (
    select 1 as sign, jsonb_populate_record(null::"order", w -> 'after') as o from jsonb_array_elements(written) w
    union all
    select -1, jsonb_populate_record(null::"order", w -> 'before') from jsonb_array_elements(written) w where w -> 'before' <> 'null'
  ), part as (
    select (o).customer_id, (o).currency,
      sum(sign * case when (o).state = 'paid' then (o).gross - (o).refunded else 0 end) as amount,
      sum(sign * case when (o).state = 'paid' then 1 else 0 end) as orders
    from state group by 1, 2
  ), difference as (
    select customer_id, sum(orders) as orders, sum(amount) filter (where currency = a_currency) as amount,
      jsonb_object_agg(currency, jsonb_build_object('amount', amount, 'orders', orders)) as spent
    from part group by customer_id
  ), news as (
    select w, w #>> '{after,customer_id}' as customer_id, given.event, given.job,
      case when w #>> '{before,customer_id}' <> w #>> '{after,customer_id}'
        then jsonb_build_object('movedFrom', w #> '{before,customer_id}') else '{}' end as moved
    from jsonb_array_elements(written) w
      join jsonb_to_recordset(a_orders) as given (ordinal int, event text, job text) on given.ordinal = (w ->> 'ordinal')::int
    union all
    select w, w #>> '{before,customer_id}', given.left_event, given.left_job,
      jsonb_build_object('movedTo', w #> '{after,customer_id}')
    from jsonb_array_elements(written) w
      join jsonb_to_recordset(a_orders) as given (ordinal int, left_event text, left_job text)
        on given.ordinal = (w ->> 'ordinal')::int
    where w #>> '{before,customer_id}' <> w #>> '{after,customer_id}'
  ), turn as (
    select news.*, row_number() over (partition by customer_id order by (w ->> 'ordinal')::int) as turn,
      count(*) over (partition by customer_id) as turns
    from news join customer c on c.tenant = a_tenant and c.id = news.customer_id where c.listed
  ), counted as (
    update customer c set
      order_count = c.order_count + d.orders,
      total_spent = c.total_spent + coalesce(d.amount, 0),
      spent = add_spent(c.spent, d.spent),
      last_order_at = last.at,
      last_order_key = coalesce(last.at, '-infinity'),
      sequence = c.sequence + coalesce((select max(turns) from turn where turn.customer_id = c.id), 0)
    from difference d cross join lateral (
      select max(o.placed_at) as at from "order" o
      where o.tenant = a_tenant and o.customer_id = d.customer_id and o.state = 'paid') last
    where c.tenant = a_tenant and c.id = d.customer_id
    returning c as it
  ), told_event as (
    insert into event (tenant, id, customer_id, sequence, type, data, actor, request_id, at)
    select a_tenant, turn.event, turn.customer_id, (it).sequence - turns + turn, 'customer.order_recorded',
      jsonb_build_object('customerId', turn.customer_id, 'customer', customer_summary(it),
        'order', order_row_document(jsonb_populate_record(null::"order", w -> 'after'))::jsonb || moved,
        'orderCount', (it).order_count, 'totalSpent', (it).total_spent, 'currency', a_currency),
      a_actor, a_request, a_now
    from turn join counted on (it).id = turn.customer_id
    returning id
  ), told_job as (
    insert into job (tenant, id, kind, payload, due_at, created_at)
    select a_tenant, turn.job, 'announce', jsonb_build_object('event', turn.event), a_now + interval '1 minute', a_now from turn
    returning id
  )
  select array_agg(id) into told from told_job;

  return query
    select given.ordinal, holder.id is not null, coalesce(done.applied, false), order_row_document(ledger.o), told
    from jsonb_to_recordset(a_orders) as given (ordinal int, id text, customer_id text)
      left join lateral (select o from "order" o where o.tenant = a_tenant and o.id = given.id offset 0) ledger on true
      left join customer named on named.tenant = a_tenant and named.id = given.customer_id
      left join customer holder on holder.tenant = a_tenant and holder.id = coalesce(named.merged_into, named.id)
        and (holder.listed or (ledger.o).customer_id = holder.id)
      left join lateral (
        select true as applied from jsonb_array_elements(written) w where (w ->> 'ordinal')::int = given.ordinal) done on true
    order by given.ordinal;
end $$;
--> statement-breakpoint
-- One step of a replay: takes its job, sets the next so many events of its range out again, and leaves a job for the rest. The
-- range goes by moment and id, its ends are outside. Returns the endpoint, and whether there is a rest.
create or replace function replay_events(
  a_tenant text, a_job text, a_next_job text, a_first_delivery text, a_limit int, a_now timestamptz
) returns json
language plpgsql volatile as $$
declare
  range jsonb;
  ids text[];
  last event;
begin
  delete from job where tenant = a_tenant and id = a_job returning payload into range;
  if not found then perform refuse('job_done'); end if;
  ids := array(
    select e.id from event e
    where e.tenant = a_tenant
      and (e.at, e.id) > ((range ->> 'afterAt')::timestamptz, range ->> 'afterId' collate "C")
      and (e.at, e.id) < ((range ->> 'beforeAt')::timestamptz, range ->> 'beforeId' collate "C")
    order by e.at, e.id limit a_limit);
  perform add_deliveries(a_tenant, ids, range ->> 'webhook', a_first_delivery, true, a_now);
  if cardinality(ids) = a_limit then
    select * into last from event where tenant = a_tenant and id = ids[a_limit];
    insert into job (tenant, id, kind, payload, due_at, created_at)
    values (a_tenant, a_next_job, 'replay', range || jsonb_build_object('afterAt', last.at, 'afterId', last.id),
      a_now + interval '1 minute', a_now);
  end if;
  return json_build_object('webhook', range ->> 'webhook', 'more', cardinality(ids) = a_limit);
end $$;
--> statement-breakpoint
-- May a password be tried now? 0: yes, and until it is settled the try counts as failed, so that tries at the same time cannot
-- overtake the count. Else the seconds to wait, and nothing is counted. Four failures of an account and nineteen from one place
-- are free; from then on the wait doubles, up to a quarter of an hour. A place, which many may share, is forgiven one a minute, an
-- account all of them after a day. The clocks of two callers may differ, so that who is not to wait has no end of a wait either.
create or replace function reserve_try(
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
      count = n.kept + 1,
      last_at = case when n.kept = 0 or f.key = a_account then a_now else f.last_at + n.forgiven * interval '1 minute' end,
      customer_id = case when f.key = a_account then a_customer end,
      blocked_until = case when n.kept + 1 < n.free then '-infinity' else
        a_now + least(interval '1 second' * 2 ^ least(n.kept + 1 - n.free, 20), interval '15 minutes') end
    from (
      select key, free, forgiven, count - forgiven as kept from (
        select p.key, p.count, case when p.key = a_account then 5 else 20 end as free, case
            when p.last_at < a_now - interval '1 day' then p.count
            when p.key = a_account then 0
            else least(p.count, floor(greatest(0, extract(epoch from a_now - p.last_at)) / 60)::int) end as forgiven
        from failure p where p.tenant = a_tenant and p.key = any(keys)) p) n
    where f.tenant = a_tenant and f.key = n.key;
  return 0;
end $$;
--> statement-breakpoint
-- Gives the merged one its addresses back. One that moved and was touched since, or that somebody vouched for, stays with the
-- survivor; the other gets a copy of what it was. What did not move comes from the record. Returns the conflicts.
create or replace function return_addresses(a_done merge, a_first text) returns jsonb
language plpgsql volatile as $$
declare
  image jsonb := a_done.before #> '{merged,addresses}';
  owner jsonb := a_done.before #> '{merged,customer}';
  kept text[];
  returned text[];
  ids jsonb;
begin
  with back as (
    update address held set customer_id = a_done.merged_id, version = held.version + 1
      from jsonb_populate_recordset(null::address, image) was
      where held.tenant = a_done.tenant and held.customer_id = a_done.survivor_id
        and held.id = was.id and held.id = any(a_done.address_ids) and address_content(held) = address_content(was)
        and held.unproven = was.unproven
      returning held.id
  ) select coalesce(array_agg(id), '{}') into returned from back;
  kept := array(select a.id from address a where a.tenant = a_done.tenant and a.customer_id = a_done.survivor_id
    and a.id in (select one ->> 'id' from jsonb_array_elements(image) one));
  -- An id that the survivor keeps cannot be had twice.
  select coalesce(jsonb_object_agg(one.value ->> 'id', case when one.value ->> 'id' = any(kept)
      then nth_id(a_first, one.ordinality::int) else one.value ->> 'id' end), '{}')
    into ids from jsonb_array_elements(image) with ordinality one;
  insert into address
    select (jsonb_populate_record(null::address, one || jsonb_build_object('id', ids -> (one ->> 'id')))).*
    from jsonb_array_elements(image) one where one ->> 'id' <> all(returned);
  perform settle_default_addresses(a_done.tenant, a_done.merged_id,
    ids ->> (owner ->> 'default_shipping_id'), ids ->> (owner ->> 'default_billing_id'));
  perform settle_default_addresses(a_done.tenant, a_done.survivor_id, null, null);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'address', 'id', moved.id,
      'reason', case when moved.id = any(kept) then 'changed' else 'deleted' end) order by moved.id), '[]')
    from unnest(a_done.address_ids) moved (id) where moved.id <> all(returned));
end $$;
--> statement-breakpoint
-- Takes the survivor out of the groups that the merge brought it into, and puts the merged one back into its own, as far as there
-- still are such. Returns {left, conflicts}: the groups the survivor left.
create or replace function return_memberships(a_done merge, a_now timestamptz) returns jsonb
language plpgsql volatile as $$
declare
  left_keys text[];
begin
  with gone as (
    delete from membership
      where tenant = a_done.tenant and customer_id = a_done.survivor_id and group_key = any(a_done.group_keys)
        and source = 'merge' and added_at = a_done.merged_at
      returning group_key
  ) select coalesce(array_agg(group_key order by group_key), '{}') into left_keys from gone;
  insert into membership
    select was.* from jsonb_populate_recordset(null::membership, a_done.before #> '{merged,memberships}') was
      join "group" g on g.tenant = was.tenant and g.key = was.group_key and g.dissolved_at is null
    where was.expires_at is null or was.expires_at > a_now;
  return jsonb_build_object('left', to_jsonb(left_keys), 'conflicts', (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'group', 'id', g.key, 'reason', 'changed') order by g.key), '[]')
    from unnest(a_done.group_keys) g (key) where g.key <> all(left_keys)) || (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'group', 'id', was ->> 'group_key', 'reason', 'deleted')), '[]')
    from jsonb_array_elements(a_done.before #> '{merged,memberships}') was
    where not exists (
      select from "group" g where g.tenant = a_done.tenant and g.key = was ->> 'group_key' and g.dissolved_at is null)));
end $$;
--> statement-breakpoint
-- The survivor gives back the fields that were filled and the metadata that was added, unless somebody has written there since.
-- Returns {changed, conflicts}.
create or replace function return_profile(a_done merge) returns jsonb
language plpgsql volatile as $$
declare
  s customer;
  fields text[];
  keys text[];
begin
  select * into s from customer where tenant = a_done.tenant and id = a_done.survivor_id;
  fields := array(select f.key from jsonb_each(a_done.profile) f where profile_document(s) -> f.key = f.value);
  keys := array(select f.key from jsonb_each(a_done.metadata) f where s.metadata -> f.key = f.value);
  if fields <> '{}' or keys <> '{}' then
    update customer c set
      external_id = case when 'externalId' = any(fields) then null else c.external_id end,
      first_name = case when 'firstName' = any(fields) then null else c.first_name end,
      first_name_key = case when 'firstName' = any(fields) then '' else c.first_name_key end,
      last_name = case when 'lastName' = any(fields) then null else c.last_name end,
      last_name_key = case when 'lastName' = any(fields) then '' else c.last_name_key end,
      phone = case when 'phone' = any(fields) then null else c.phone end,
      locale = case when 'locale' = any(fields) then null else c.locale end,
      metadata = c.metadata - keys
      where c.tenant = s.tenant and c.id = s.id;
  end if;
  return jsonb_build_object(
    'changed', to_jsonb(fields || case when keys <> '{}' then array['metadata'] else '{}' end),
    'conflicts', (
      select coalesce(jsonb_agg(jsonb_build_object('type', 'profile', 'id', f.key, 'reason', 'changed') order by f.key), '[]')
      from jsonb_each(a_done.profile) f where f.key <> all(fields)) || (
      select coalesce(jsonb_agg(jsonb_build_object('type', 'metadata', 'id', f.key, 'reason', 'changed') order by f.key), '[]')
      from jsonb_each(a_done.metadata) f where f.key <> all(keys)));
end $$;
--> statement-breakpoint
-- The try that was reserved did not fail: it is taken off the counts, or with the right to it the account's count is forgotten.
create or replace function settle_try(a_tenant text, a_account text, a_caller text, a_forget boolean) returns void
language plpgsql volatile as $$
declare
  keys text[] := array_remove(array[a_account, a_caller], null);
begin
  perform from failure where tenant = a_tenant and key = any(keys) order by key for update;
  delete from failure where tenant = a_tenant and key = a_account and a_forget;
  update failure set count = greatest(count - 1, 0), blocked_until = '-infinity'
    where tenant = a_tenant and key = any(keys);
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
-- Parts what was merged: the merged one returns as it was, with the orders that moved in their newest state. What came after stays
-- with the survivor, and so does what somebody has touched since: those are the conflicts. Done twice it changes nothing.
-- a_ids: the first of the ids it may need: address, event, job, mergedEvent, mergedJob, groupEvent, groupJob. Returns its jobs.
create or replace function undo_merge(
  a_tenant text, a_id text, a_since timestamptz, a_currency text, a_ids jsonb, a_actor jsonb, a_request text, a_now timestamptz
) returns setof text
language plpgsql volatile as $$
declare
  done merge;
  s customer;
  m customer;
  was customer;
  order_ids text[];
  profile jsonb;
  addresses jsonb;
  memberships jsonb;
  found_conflicts jsonb;
  told jsonb;
begin
  select * into done from merge where tenant = a_tenant and id = a_id;
  if not found then perform refuse('merge_not_found'); end if;
  perform lock_customers(a_tenant, array[done.survivor_id, done.merged_id]);
  select * into done from merge where tenant = a_tenant and id = a_id for update;
  if done.state = 'undone' then return; end if;
  select * into s from customer where tenant = a_tenant and id = done.survivor_id;
  select * into m from customer where tenant = a_tenant and id = done.merged_id;
  was := jsonb_populate_record(null::customer, done.before #> '{merged,customer}');
  if not coalesce(done.state = 'done' and done.merged_at >= a_since and s.listed and m.merged_into = s.id, false) then
    perform refuse('merge_not_undoable');
  end if;

  profile := return_profile(done);
  begin
    update customer c set status = was.status, merged_into = null, password_hash = done.password_hash,
      external_id = case when exists (
        select from customer o where o.tenant = a_tenant and o.external_id = was.external_id and o.id <> m.id and o.status <> 'deleted')
        then c.external_id else was.external_id end
      where c.tenant = a_tenant and c.id = m.id;
  exception when unique_violation or sqlstate 'CU001' then
    -- Somebody else has the address by now, or may still take it back.
    perform refuse('merge_not_undoable');
  end;
  update customer c set merged_into = m.id
    where c.tenant = a_tenant and c.id = any(done.follower_ids) and c.merged_into = s.id;
  order_ids := move_orders(a_tenant, s.id, m.id, done.order_ids, a_currency);
  addresses := return_addresses(done, a_ids ->> 'address');
  memberships := return_memberships(done, a_now);

  found_conflicts := (profile -> 'conflicts') || addresses || (memberships -> 'conflicts') || (
    select coalesce(jsonb_agg(jsonb_build_object('type', 'order', 'id', o.id, 'reason', 'moved') order by o.id), '[]')
    from unnest(done.order_ids) o (id) where o.id <> all(order_ids));
  update merge u set state = 'undone', undone_at = a_now, undone_by = a_actor, conflicts = found_conflicts, password_hash = null
    where u.tenant = a_tenant and u.id = a_id;

  told := jsonb_build_object('mergeId', a_id, 'survivorId', s.id, 'mergedId', m.id,
    'orders', cardinality(order_ids), 'orderIds', order_ids[1:100], 'conflicts', found_conflicts);
  perform emit(a_tenant, s.id, a_ids ->> 'event', a_ids ->> 'job', 'customer.unmerged',
    array(select jsonb_array_elements_text(profile -> 'changed'))
      || case when done.address_ids <> '{}' then array['addresses'] else '{}' end
      || case when memberships -> 'left' <> '[]' then array['groups'] else '{}' end,
    told || '{"role":"survivor"}', a_actor, a_request, a_now);
  perform emit(a_tenant, m.id, a_ids ->> 'mergedEvent', a_ids ->> 'mergedJob', 'customer.unmerged',
    array['status'], told || '{"role":"merged"}', a_actor, a_request, a_now);
  return query select a_ids ->> 'job' union all select a_ids ->> 'mergedJob' union all
    select emit_each(a_tenant, a_ids ->> 'groupEvent', a_ids ->> 'groupJob', 'customer.group_removed', '{}', (
      select coalesce(jsonb_agg(jsonb_build_object('customerId', s.id, 'group', key, 'source', 'merge', 'reason', 'merge_undone')), '[]')
      from jsonb_array_elements_text(memberships -> 'left') key), a_actor, a_request, a_now);
end $$;
--> statement-breakpoint
-- Before an account is moved back to the address it had: parts it from the guests of the addresses it was moved to since, as far as
-- that can still be done. The token is the one in the mail that warned of the first of these moves. Returns the jobs.
create or replace function undo_merges_of_moves(
  a_tenant text, a_customer text, a_token text, a_since timestamptz, a_currency text, a_ids jsonb,
  a_actor jsonb, a_request text, a_now timestamptz
) returns setof text
language plpgsql volatile as $$
declare
  caused record;
begin
  perform lock_customers(a_tenant, a_customer || array(select merged_id from merges_of_moves(a_tenant, a_customer, a_token)));
  for caused in
    select merge_id, (row_number() over (order by merge_id desc))::int as n from merges_of_moves(a_tenant, a_customer, a_token)
    order by merge_id desc
  loop
    begin
      return query select undo_merge(a_tenant, caused.merge_id, a_since, a_currency, (
        select jsonb_object_agg(one.key, nth_id(one.value, caused.n * 1000)) from jsonb_each_text(a_ids) one), a_actor, a_request, a_now);
    exception when sqlstate 'CU001' then
      -- Too late, or somebody else has the address: it stays as it is, and staff can see it.
    end;
  end loop;
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
        and c.email_key = a.email_key
        and (c.password_hash = a.password_hash or (c.password_hash like '$hanzo$%'
          and split_part(c.password_hash, '$', 5) = encode(sha256(convert_to(a.password_hash, 'UTF8')), 'hex')))));
  end if;
  if not found then perform refuse('mail_token_invalid'); end if;
end $$;
--> statement-breakpoint
-- A webhook as the API answers with it, the version beside it; null when there is none. Its secret is sealed: only those who
-- show it ask for it.
create or replace function webhook_document(a_tenant text, a_id text, a_with_secret boolean default false) returns json
language plpgsql stable parallel safe as $$
declare
  it webhook;
begin
  select * into it from webhook where tenant = a_tenant and id = a_id and status <> 'deleted';
  if not found then return null; end if;
  return json_build_object(
    'version', it.version, 'secret', case when a_with_secret then it.secret end, 'webhook', webhook_row_document(it));
end $$;
--> statement-breakpoint
-- A webhook's row as the API shows it.
create or replace function webhook_row_document(w webhook) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', w.id, 'url', w.url, 'events', w.events, 'description', w.description,
    'status', w.status, 'disabledReason', w.disabled_reason, 'failingSince', iso(w.failing_since),
    'lastAttempt', case when w.last_at is not null then json_build_object(
      'at', iso(w.last_at), 'status', w.last_status, 'error', w.last_error) end,
    'previousSecretUntil', iso(w.previous_secret_until), 'createdAt', iso(w.created_at), 'updatedAt', iso(w.updated_at))
$$;
