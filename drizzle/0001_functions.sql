set check_function_bodies = off;
--> statement-breakpoint
-- Puts customers into a group that is held, those that are in it already and those that are no customers left out. Returns what
-- there is to tell, for emit_each.
create or replace function add_members(
  a_tenant text, a_group text, a_customers text[], a_source text, a_expires_at timestamptz, a_now timestamptz
) returns jsonb
language plpgsql volatile as $$
declare
  changes jsonb;
begin
  perform lock_customers(a_tenant, a_customers);
  with added as (
    insert into membership (tenant, group_key, customer_id, source, added_at, expires_at)
    select a_tenant, a_group, c.id, a_source, a_now, a_expires_at
      from customer c where c.tenant = a_tenant and c.id = any(a_customers) and c.listed
    on conflict (tenant, group_key, customer_id) do nothing
    returning customer_id, source, expires_at
  )
  select jsonb_agg(jsonb_build_object(
      'customerId', customer_id, 'group', a_group, 'source', source, 'expiresAt', iso(expires_at)) order by customer_id)
    into changes from added;
  return coalesce(changes, '[]');
end $$;
--> statement-breakpoint
-- What was spent per currency, with so much more (or less) of each; a currency without an order is not listed.
create or replace function add_spent(a_spent jsonb, a_more jsonb) returns jsonb
language sql immutable parallel safe as $$
  select coalesce(jsonb_object_agg(currency, jsonb_build_object('amount', amount, 'orders', orders)), '{}')
  from (
    select part.key as currency, sum((part.value ->> 'amount')::bigint) as amount, sum((part.value ->> 'orders')::int) as orders
    from (select * from jsonb_each(a_spent) union all select * from jsonb_each(a_more)) part
    group by part.key
  ) total where orders <> 0
$$;
--> statement-breakpoint
-- What an event says of a changed address book: which address, what happened to it, as it is now; and who holds the defaults now,
-- which may be others than before.
create or replace function address_change(a_tenant text, a_customer text, a_id text, a_action text) returns jsonb
language sql stable parallel safe as $$
  select jsonb_build_object(
    'address', jsonb_build_object('action', a_action, 'id', a_id)
      || case when a_action = 'changed' then jsonb_build_object('changed', (
          select jsonb_agg(field.key order by field.key)
          from jsonb_each(a.changed_at) field where field.value::int = a.version)) else '{}' end
      || case when a.id is not null
          then address_row_document(a, c.default_shipping_id, c.default_billing_id)::jsonb else '{}' end,
    'defaultAddresses', jsonb_build_object('shipping', c.default_shipping_id, 'billing', c.default_billing_id))
  from customer c left join address a on a.tenant = c.tenant and a.customer_id = c.id and a.id = a_id
  where c.tenant = a_tenant and c.id = a_customer
$$;
--> statement-breakpoint
-- One address as the API answers with it: the version beside it. Nothing when the customer has no such address.
create or replace function address_document(a_tenant text, a_customer text, a_id text) returns json
language sql stable parallel safe as $$
  select json_build_object('version', a.version,
    'address', address_row_document(a, c.default_shipping_id, c.default_billing_id))
  from customer c join address a on a.tenant = c.tenant and a.customer_id = c.id
  where c.tenant = a_tenant and c.id = a_customer and a.id = a_id
$$;
--> statement-breakpoint
-- The addresses of the customer an id stands for, after one of them, oldest first: ids are ordered by time. Nothing when there is
-- no such customer.
create or replace function address_page(a_tenant text, a_customer text, a_after text, a_limit int) returns json
language plpgsql stable parallel safe as $$
declare
  it customer := visible_customer(a_tenant, a_customer);
begin
  if it.id is null then return null; end if;
  return json_build_object('customerId', it.id, 'addresses', coalesce((
    select json_agg(address_row_document(one, it.default_shipping_id, it.default_billing_id) order by (one).id)
    from (
      select a as one from address a
      where a.tenant = it.tenant and a.customer_id = it.id and a.id > a_after
      order by a.id limit a_limit
    ) page), '[]'));
end $$;
--> statement-breakpoint
-- An address as the API shows it; which defaults it holds is the customer's to say.
create or replace function address_row_document(a address, a_shipping text, a_billing text) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', a.id, 'label', a.label, 'firstName', a.first_name, 'lastName', a.last_name, 'company', a.company,
    'line1', a.line1, 'line2', a.line2, 'city', a.city, 'state', a.state, 'postalCode', a.postal_code,
    'country', a.country, 'phone', a.phone,
    'isDefault', a.id is not distinct from a_shipping,
    'defaultFor', array_remove(array[
      case when a.id = a_shipping then 'shipping' end, case when a.id = a_billing then 'billing' end], null))
$$;
--> statement-breakpoint
-- A customer with addresses has exactly one default for shipping and one for billing, both its own, and the country of the first:
-- the foreign keys say "its own", the triggers say "exactly one". Judged when the transaction commits, after waiting for whoever
-- else is changing the customer, so that it holds whatever order the statements and transactions come in. What is no longer
-- listed (merged, erased, deleted) may be half taken apart.
create or replace function check_default_addresses() returns trigger
language plpgsql volatile as $$
declare
  customer_ids text[];
  one text;
  it customer;
  holds boolean;
begin
  if tg_table_name = 'customer' then customer_ids := array[new.id];
  elsif tg_op = 'INSERT' then customer_ids := array[new.customer_id];
  elsif tg_op = 'DELETE' then customer_ids := array[old.customer_id];
  else customer_ids := array[least(old.customer_id, new.customer_id), greatest(old.customer_id, new.customer_id)];
  end if;
  foreach one in array customer_ids loop
    select * into it from customer
      where tenant = coalesce(new.tenant, old.tenant) and id = one and listed for no key update;
    continue when not found;
    select case when count(*) = 0
        then it.default_shipping_id is null and it.default_billing_id is null and it.country = ''
        else bool_or(a.id = it.default_shipping_id and a.country = it.country) and bool_or(a.id = it.default_billing_id) end
      into holds
      from address a
      where a.tenant = it.tenant and a.customer_id = it.id and (not a.unproven or it.status = 'guest');
    if holds is not true then
      raise exception using errcode = 'check_violation', constraint = 'customer_has_default_addresses',
        message = 'the defaults of a customer are not among its addresses';
    end if;
  end loop;
  return null;
end $$;

drop trigger if exists customer_has_default_addresses on address;
create constraint trigger customer_has_default_addresses after insert or delete on address
  deferrable initially deferred for each row execute function check_default_addresses();

drop trigger if exists customer_has_default_addresses_still on address;
create constraint trigger customer_has_default_addresses_still after update of customer_id, unproven, country on address
  deferrable initially deferred for each row
  when ((old.customer_id, old.unproven, old.country) is distinct from (new.customer_id, new.unproven, new.country))
  execute function check_default_addresses();

drop trigger if exists customer_has_default_addresses on customer;
create constraint trigger customer_has_default_addresses
  after update of default_shipping_id, default_billing_id, country, status on customer
  deferrable initially deferred for each row
  when ((old.default_shipping_id, old.default_billing_id, old.country) is distinct from
      (new.default_shipping_id, new.default_billing_id, new.country)
    or (old.status = 'guest') <> (new.status = 'guest') or old.listed < new.listed)
  execute function check_default_addresses();

do $$ begin
  if not exists (select from pg_constraint where conname = 'customer_default_shipping_is_its_own') then
    alter table customer
      add constraint customer_default_shipping_is_its_own foreign key (tenant, id, default_shipping_id)
        references address (tenant, customer_id, id) deferrable initially deferred,
      add constraint customer_default_billing_is_its_own foreign key (tenant, id, default_billing_id)
        references address (tenant, customer_id, id) deferrable initially deferred;
  end if;
end $$;
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
-- An idempotency key: ours to work under, or the reason why not. A volatile function sees, after it waited for the lock,
-- what the twin committed meanwhile.
create or replace function claim_key(
  a_tenant text, a_scope text, a_key text, a_fingerprint text, a_since timestamptz
) returns void
language plpgsql volatile as $$
declare
  lock_id bigint := hashtextextended(a_tenant || chr(31) || a_scope || chr(31) || a_key, 0);
  kept_fingerprint text;
begin
  if not pg_try_advisory_xact_lock(lock_id) then
    begin
      perform set_config('lock_timeout', '1500', true);
      perform pg_advisory_xact_lock(lock_id);
      perform set_config('lock_timeout', '0', true);
    exception when lock_not_available then
      perform refuse('idempotency_key_in_use');
    end;
  end if;
  select fingerprint into kept_fingerprint from idempotency
    where tenant = a_tenant and scope = a_scope and key = a_key and created_at > a_since;
  if found then
    if kept_fingerprint <> a_fingerprint then perform refuse('idempotency_key_reused'); end if;
    perform refuse('idempotency_replay');
  end if;
end $$;
--> statement-breakpoint
-- The counters of a customer as one value, to be kept and compared.
create or replace function counters_document(a_orders int, a_total bigint, a_spent jsonb, a_last timestamptz) returns jsonb
language sql stable parallel safe as $$
  select jsonb_build_object('orderCount', a_orders, 'totalSpent', a_total, 'spent', a_spent, 'lastOrderAt', iso(a_last))
$$;
--> statement-breakpoint
-- One customer as the API answers with it: the version beside it, and the id that was asked for when that one was merged into
-- it. What is erased or deleted reads as nothing.
create or replace function customer_document(a_tenant text, a_id text, a_currency text) returns json
language plpgsql stable parallel safe as $$
declare
  it customer := visible_customer(a_tenant, a_id);
begin
  if it.id is null then return null; end if;
  return json_build_object(
    'version', it.version, 'mergedFrom', case when it.id <> a_id then a_id end,
    'customer', customer_row_document(it, a_currency));
end $$;
--> statement-breakpoint
-- A customer's row with its addresses, its fields in the order of the API. The currency is the tenant's.
create or replace function customer_row_document(it customer, a_currency text) returns json
language plpgsql stable parallel safe as $$
begin
  return json_build_object(
    'id', it.id, 'externalId', it.external_id, 'email', it.email,
    'firstName', it.first_name, 'lastName', it.last_name, 'phone', it.phone, 'locale', it.locale,
    'status', it.status, 'emailVerified', it.email_verified_at is not null,
    'addresses', coalesce((
      select json_agg(address_row_document(a, it.default_shipping_id, it.default_billing_id) order by a.created_at, a.id)
      from address a where a.tenant = it.tenant and a.customer_id = it.id), '[]'),
    'groups', it.group_keys, 'metadata', it.metadata,
    'orderCount', it.order_count, 'totalSpent', it.total_spent, 'currency', a_currency,
    'spent', spent_document(it.spent),
    'lastOrderAt', iso(it.last_order_at), 'createdAt', iso(it.created_at), 'updatedAt', iso(it.updated_at));
end $$;
--> statement-breakpoint
-- The counters of a customer, or of the survivor it was merged into; explained, with the orders behind each number, newest first,
-- as far as a_explained of them.
create or replace function customer_stats(a_tenant text, a_customer text, a_currency text, a_explained int) returns json
language plpgsql stable parallel safe as $$
declare
  it customer := visible_customer(a_tenant, a_customer);
begin
  if it.id is null then return null; end if;
  return json_build_object(
    'customerId', it.id, 'orderCount', it.order_count, 'totalSpent', it.total_spent, 'currency', a_currency,
    'spent', spent_document(it.spent), 'lastOrderAt', iso(it.last_order_at),
    'explain', case when a_explained is not null then (
      select json_build_object(
        'orderCount', coalesce(json_agg(o.id order by o.placed_at desc, o.id desc)
          filter (where o.state = 'paid'), '[]'),
        'totalSpent', coalesce(json_agg(json_build_object('orderId', o.id, 'amount', o.gross - o.refunded)
          order by o.placed_at desc, o.id desc) filter (where o.state = 'paid' and o.currency = a_currency), '[]'),
        'spent', coalesce(json_agg(json_build_object('orderId', o.id, 'currency', o.currency, 'amount', o.gross - o.refunded)
          order by o.placed_at desc, o.id desc) filter (where o.state = 'paid'), '[]'),
        'lastOrderAt', (array_agg(o.id order by o.placed_at desc, o.id desc) filter (where o.state = 'paid'))[1],
        'canceled', coalesce(json_agg(o.id order by o.placed_at desc, o.id desc)
          filter (where o.state = 'canceled'), '[]'),
        'complete', count(*) < a_explained)
      from (
        select * from "order" l where l.tenant = a_tenant and l.customer_id = it.id
        order by l.placed_at desc, l.id desc limit a_explained) o) end);
end $$;
--> statement-breakpoint
-- The customer as its events carry it: who it is and where it stands, without address book and metadata.
create or replace function customer_summary(a_customer customer) returns jsonb
language sql stable parallel safe as $$
  select jsonb_build_object(
    'id', a_customer.id,
    'externalId', a_customer.external_id,
    'email', a_customer.email,
    'firstName', a_customer.first_name,
    'lastName', a_customer.last_name,
    'phone', a_customer.phone,
    'locale', a_customer.locale,
    'status', a_customer.status,
    'emailVerified', a_customer.email_verified_at is not null,
    'groups', a_customer.group_keys,
    'version', a_customer.version,
    'createdAt', iso(a_customer.created_at),
    'updatedAt', iso(a_customer.updated_at))
$$;
--> statement-breakpoint
-- A dead letter as the API shows it. What its job was about stays inside.
create or replace function dead_letter_document(d dead_letter) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', d.id, 'queue', d.queue, 'kind', d.kind, 'message', d.body, 'attempts', d.attempts,
    'createdAt', iso(d.created_at), 'replayedAt', iso(d.replayed_at))
$$;
--> statement-breakpoint
-- Of these customers those whose counters are not what the ledger says: what they count, and what is right.
create or replace function drifted_customers(a_tenant text, a_ids text[], a_currency text)
returns table (id text, counted jsonb, order_count int, total_spent bigint, spent jsonb, last_order_at timestamptz)
language sql stable as $$
  select c.id, counters_document(c.order_count, c.total_spent, c.spent, c.last_order_at),
    ledger.order_count, ledger.total_spent, ledger.spent, ledger.last_order_at
  from ledger_counters(a_tenant, a_ids, a_currency) ledger
    join customer c on c.tenant = a_tenant and c.id = ledger.id
  where (c.order_count, c.total_spent, c.spent, c.last_order_at)
    is distinct from (ledger.order_count, ledger.total_spent, ledger.spent, ledger.last_order_at)
$$;
--> statement-breakpoint
-- Announces a change of one customer in the commit that makes it: the customer's next sequence number, the event, and the job
-- that carries it out of here. a_changed names the fields a reader sees changed; null means those the update before this one
-- stamped in changed_at with the version to come, and when it stamped none, nothing happened. Returns the sequence, null for nothing.
create or replace function emit(
  a_tenant text, a_customer text, a_event text, a_job text, a_type text,
  a_changed text[], a_data jsonb, a_actor jsonb, a_request text, a_now timestamptz
) returns int
language plpgsql volatile as $$
declare
  it customer;
  fields text[] := a_changed;
begin
  if fields is null then
    select array_agg(stamp.key order by stamp.key) into fields
      from customer c, jsonb_each_text(c.changed_at) stamp
      where c.tenant = a_tenant and c.id = a_customer and stamp.value::int > c.version;
    if fields is null then return null; end if;
  end if;
  if cardinality(fields) = 0 then
    update customer set sequence = sequence + 1
      where tenant = a_tenant and id = a_customer returning * into it;
  else
    update customer set
      sequence = sequence + 1,
      version = version + 1,
      updated_at = a_now,
      changed_at = changed_at || (select jsonb_object_agg(field, version + 1) from unnest(fields) field)
      where tenant = a_tenant and id = a_customer returning * into it;
  end if;
  if not found then return null; end if;
  insert into event (tenant, id, customer_id, sequence, type, data, actor, request_id, at)
  values (a_tenant, a_event, a_customer, it.sequence, a_type,
    jsonb_build_object('customerId', it.id, 'customer', customer_summary(it))
      || case when cardinality(fields) > 0 then jsonb_build_object('changed', to_jsonb(fields)) else '{}' end
      || a_data,
    a_actor, a_request, a_now);
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (a_tenant, a_job, 'announce', jsonb_build_object('event', a_event), a_now + interval '1 minute', a_now);
  return it.sequence;
end $$;
--> statement-breakpoint
-- Announces changes of many customers in the commit that makes them, as emit does of one. a_changes is a JSON array: per event an
-- object with customerId and what else the event says; a customer may come up more than once. a_changed names the fields a reader
-- sees changed in each of them. Whoever calls this has locked the customers, in the order of their ids. Returns the jobs' ids.
create or replace function emit_each(
  a_tenant text, a_first_event text, a_first_job text, a_type text,
  a_changed text[], a_changes jsonb, a_actor jsonb, a_request text, a_now timestamptz
) returns setof text
language plpgsql volatile as $$
begin
  return query
  with change as (
    select each.value ->> 'customerId' as customer_id, each.value as data, each.ordinality::int - 1 as n,
      row_number() over (partition by each.value ->> 'customerId' order by each.ordinality)::int as nth
    from jsonb_array_elements(a_changes) with ordinality each
  ),
  moved as (
    update customer c set
      sequence = c.sequence + per.events,
      version = c.version + (cardinality(a_changed) > 0)::int,
      updated_at = case when cardinality(a_changed) > 0 then a_now else c.updated_at end,
      changed_at = c.changed_at || coalesce((select jsonb_object_agg(field, c.version + 1) from unnest(a_changed) field), '{}')
    from (select customer_id, count(*)::int as events from change group by customer_id) per
    where c.tenant = a_tenant and c.id = per.customer_id
    returning c.id, c.sequence - per.events as sequence_before, customer_summary(c) as summary
  ),
  told as (
    insert into event (tenant, id, customer_id, sequence, type, data, actor, request_id, at)
    select a_tenant, nth_id(a_first_event, change.n), moved.id, moved.sequence_before + change.nth, a_type,
      jsonb_build_object('customerId', moved.id, 'customer', moved.summary)
        || case when cardinality(a_changed) > 0 then jsonb_build_object('changed', to_jsonb(a_changed)) else '{}' end
        || change.data,
      a_actor, a_request, a_now
    from change join moved on moved.id = change.customer_id
  )
  insert into job (tenant, id, kind, payload, due_at, created_at)
  select a_tenant, nth_id(a_first_job, change.n), 'announce', jsonb_build_object('event', nth_id(a_first_event, change.n)),
    a_now + interval '1 minute', a_now
  from change join moved on moved.id = change.customer_id
  returning id;
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
-- An event as the feed shows it and as webhooks carry it.
create or replace function event_document(e event) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', e.id, 'type', e.type, 'timestamp', iso(e.at), 'sequence', e.sequence,
    'actor', e.actor, 'requestId', e.request_id, 'data', e.data)
$$;
--> statement-breakpoint
-- Ends the memberships whose time is over, of as many customers as a_limit memberships have, longest over first. Returns what there
-- is to tell, for emit_each. The delete looks again, for the lock may have waited for someone who prolonged one.
create or replace function expire_members(a_tenant text, a_limit int, a_now timestamptz) returns jsonb
language plpgsql volatile as $$
declare
  customers text[];
  changes jsonb;
begin
  select array_agg(due.customer_id) into customers from (
    select customer_id from membership where tenant = a_tenant and expires_at <= a_now order by expires_at limit a_limit
  ) due;
  perform lock_customers(a_tenant, customers);
  with gone as (
    delete from membership where tenant = a_tenant and customer_id = any(customers) and expires_at <= a_now
    returning customer_id, group_key, source
  )
  select jsonb_agg(jsonb_build_object(
      'customerId', customer_id, 'group', group_key, 'source', source, 'reason', 'expired') order by customer_id, group_key)
    into changes from gone;
  return coalesce(changes, '[]');
end $$;
--> statement-breakpoint
-- One group with the version for its ETag; null when there is none, or not any more.
create or replace function group_document(a_tenant text, a_key text) returns json
language sql stable parallel safe as $$
  select json_build_object('version', it.version, 'group', group_row_document(it))
  from "group" it where it.tenant = a_tenant and it.key = a_key and it.dissolved_at is null
$$;
--> statement-breakpoint
-- A group as the API shows it.
create or replace function group_row_document(it "group") returns json
language sql stable parallel safe as $$
  select json_build_object(
    'key', it.key, 'name', it.name, 'description', it.description, 'metadata', it.metadata,
    'createdAt', iso(it.created_at), 'updatedAt', iso(it.updated_at))
$$;
--> statement-breakpoint
-- Head of adding to a group: keeps it from being deleted until the commit, and makes it when there is none and a_create says so.
-- What is being deleted is not there; to make it anew has to wait until it is gone.
create or replace function hold_group(a_tenant text, a_key text, a_create boolean, a_now timestamptz) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  loop
    select dissolved_at into it from "group" where tenant = a_tenant and key = a_key for key share;
    exit when found and it.dissolved_at is null;
    if not a_create then perform refuse('group_not_found'); end if;
    if it.dissolved_at is not null then perform refuse('group_being_deleted'); end if;
    insert into "group" (tenant, key, created_at, updated_at) values (a_tenant, a_key, a_now, a_now)
      on conflict (tenant, key) do nothing;
  end loop;
end $$;
--> statement-breakpoint
-- A moment as RFC 3339 writes it, to the millisecond.
create or replace function iso(a_moment timestamptz) returns text
language sql stable parallel safe as $$
  select to_char(a_moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
--> statement-breakpoint
-- Refuses a change that the rules of the address's country forbid. Only the row knows the country, so the caller sends every
-- problem there could be: {problem, countries: those the row may be in, missing: a column that must be empty too}.
create or replace function judge_address_change(a_tenant text, a_customer text, a_id text, a_judgements json) returns void
language plpgsql volatile as $$
declare
  problems json;
begin
  select json_agg(judgement -> 'problem') into problems
    from address a, json_array_elements(a_judgements) judgement
    where a.tenant = a_tenant and a.customer_id = a_customer and a.id = a_id
      and (judgement -> 'countries')::jsonb ? a.country
      and to_jsonb(a) ->> (judgement ->> 'missing') is null;
  if problems is not null then perform refuse('invalid_input', problems::text); end if;
end $$;
--> statement-breakpoint
-- Keeps the answer with the change it answers, and returns it.
create or replace function keep_answer(
  a_tenant text, a_scope text, a_key text, a_fingerprint text, a_answer json, a_customer text, a_now timestamptz
) returns json
language plpgsql volatile as $$
begin
  insert into idempotency (tenant, scope, key, fingerprint, answer, customer_id, created_at)
  values (a_tenant, a_scope, a_key, a_fingerprint, a_answer, a_customer, a_now)
  on conflict (tenant, scope, key) do update set
    fingerprint = excluded.fingerprint, answer = excluded.answer,
    customer_id = excluded.customer_id, created_at = excluded.created_at;
  return a_answer;
end $$;
--> statement-breakpoint
-- A customer's group_keys are the keys of its memberships, in order, whoever writes a membership and however. What a reader sees
-- changed is stamped with the version to come. The lock stands before the look: two who add one customer to two groups see each other.
create or replace function keep_group_keys() returns trigger
language plpgsql volatile as $$
begin
  perform from customer c
    where (c.tenant, c.id) in (select changed.tenant, changed.customer_id from changed)
    order by c.tenant, c.id for no key update;
  update customer c set
    group_keys = held.keys,
    changed_at = c.changed_at || jsonb_build_object('groups', c.version + 1)
    from (select distinct changed.tenant, changed.customer_id from changed) touched,
      lateral (
        select coalesce(array_agg(m.group_key::text order by m.group_key), '{}') as keys from membership m
        where m.tenant = touched.tenant and m.customer_id = touched.customer_id
      ) held
    where c.tenant = touched.tenant and c.id = touched.customer_id and c.group_keys <> held.keys;
  return null;
end $$;

create or replace trigger membership_begins after insert on membership
  referencing new table as changed for each statement execute function keep_group_keys();

create or replace trigger membership_ends after delete on membership
  referencing old table as changed for each statement execute function keep_group_keys();

create or replace trigger membership_moves_from after update on membership
  referencing old table as changed for each statement execute function keep_group_keys();

create or replace trigger membership_moves_to after update on membership
  referencing new table as changed for each statement execute function keep_group_keys();
--> statement-breakpoint
-- What the counters of these customers are by the ledger.
create or replace function ledger_counters(a_tenant text, a_ids text[], a_currency text)
returns table (id text, order_count int, total_spent bigint, spent jsonb, last_order_at timestamptz)
language sql stable as $$
  select one.id, coalesce(sum(per.orders), 0)::int, coalesce(sum(per.amount) filter (where per.currency = a_currency), 0)::bigint,
    coalesce(jsonb_object_agg(per.currency, jsonb_build_object('amount', per.amount, 'orders', per.orders))
      filter (where per.currency is not null), '{}'),
    max(per.last_at)
  from unnest(a_ids) one (id) left join lateral (
    select o.currency, count(*) as orders, sum(o.gross - o.refunded) as amount, max(o.placed_at) as last_at
    from "order" o where o.tenant = a_tenant and o.customer_id = one.id and o.state = 'paid'
    group by o.currency) per on true
  group by one.id
$$;
--> statement-breakpoint
-- Head of every change of one address. Its customer's lock is the lock of the whole address book.
create or replace function lock_address(a_tenant text, a_customer text, a_id text, a_version int default null) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  perform lock_customer(a_tenant, a_customer);
  select version, changed_at into it from address
    where tenant = a_tenant and customer_id = a_customer and id = a_id;
  if not found then perform refuse('address_not_found'); end if;
  if a_version is not null then perform refuse_stale(a_version, it.version, it.changed_at); end if;
end $$;
--> statement-breakpoint
-- Head of adding an address: locks the customer first and only then counts. A twin of what is there needs no room.
create or replace function lock_address_book(a_tenant text, a_customer text, a_sameness text, a_max int) returns void
language plpgsql volatile as $$
begin
  perform lock_customer(a_tenant, a_customer);
  if (select count(*) >= a_max and not coalesce(bool_or(sameness = a_sameness), false)
      from address where tenant = a_tenant and customer_id = a_customer) then
    perform refuse('address_limit_reached');
  end if;
end $$;
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
  if it.status = 'merged' then perform refuse('customer_merged'); end if;
  if a_version is not null then perform refuse_stale(a_version, it.version, it.changed_at); end if;
end $$;
--> statement-breakpoint
-- Waits for whoever is changing one of these customers. In the order of their ids, so that two who want the same ones do not wait
-- for each other.
create or replace function lock_customers(a_tenant text, a_ids text[]) returns void
language plpgsql volatile as $$
begin
  perform from customer where tenant = a_tenant and id = any(a_ids) order by id for no key update;
end $$;
--> statement-breakpoint
-- Head of a replay: waits for another one of the same letter.
create or replace function lock_dead_letter(a_tenant text, a_id text) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  select kind into it from dead_letter where tenant = a_tenant and id = a_id for update;
  if not found then perform refuse('dead_letter_not_found'); end if;
  if it.kind = 'unreadable' then perform refuse('dead_letter_unreadable'); end if;
end $$;
--> statement-breakpoint
-- Waits for whoever is registering, proving or freeing the same e-mail address.
create or replace function lock_email(a_tenant text, a_email_key text) returns void
language sql volatile as $$
  select pg_advisory_xact_lock(hashtextextended(a_tenant || chr(31) || a_email_key, 1))
$$;
--> statement-breakpoint
-- Head of every change of a group: waits for whoever is changing it or adding to it. With a version, refuses when the reader's
-- copy is stale. What is being deleted is not there.
create or replace function lock_group(a_tenant text, a_key text, a_version int default null) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  select version, changed_at, dissolved_at into it from "group" where tenant = a_tenant and key = a_key for update;
  if not found or it.dissolved_at is not null then perform refuse('group_not_found'); end if;
  if a_version is not null then perform refuse_stale(a_version, it.version, it.changed_at); end if;
end $$;
--> statement-breakpoint
-- A membership as the group sees it.
create or replace function member_row_document(it membership) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'customerId', it.customer_id, 'source', it.source, 'addedAt', iso(it.added_at), 'expiresAt', iso(it.expires_at))
$$;
--> statement-breakpoint
-- A membership as the customer that has it sees it.
create or replace function membership_row_document(it membership) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'key', it.group_key, 'source', it.source, 'addedAt', iso(it.added_at), 'expiresAt', iso(it.expires_at))
$$;
--> statement-breakpoint
-- The next so many customers in the walk over all of them: whose counters are not what the ledger says is locked, measured again,
-- noted and mended. Whoever holds the walk's row walks; for another there is nothing to do.
create or replace function mend_counters(a_tenant text, a_currency text, a_now timestamptz, a_limit int)
returns table (more boolean, examined int, mended int)
language plpgsql volatile as $$
declare
  walk sweep;
  ids text[];
  wrong text[];
begin
  mended := 0;
  insert into sweep (tenant, task, position, examined, hits, started_at)
  values (a_tenant, 'counters', '', 0, 0, a_now) on conflict do nothing;
  select * into walk from sweep s where s.tenant = a_tenant and s.task = 'counters' for update skip locked;
  if not found then return; end if;

  ids := array(select c.id from customer c where c.tenant = a_tenant and c.id > walk.position order by c.id limit a_limit);
  wrong := array(select id from drifted_customers(a_tenant, ids, a_currency));
  if cardinality(wrong) > 0 then
    perform from customer c where c.tenant = a_tenant and c.id = any(wrong) order by c.id for no key update;
    with off as (
      select * from drifted_customers(a_tenant, wrong, a_currency)
    ), noted as (
      insert into drift (tenant, customer_id, counted, ledger, created_at)
      select a_tenant, off.id, off.counted,
        counters_document(off.order_count, off.total_spent, off.spent, off.last_order_at), a_now from off
    )
    update customer c set
      order_count = off.order_count, total_spent = off.total_spent, spent = off.spent,
      last_order_at = off.last_order_at, last_order_key = coalesce(off.last_order_at, '-infinity')
      from off where c.tenant = a_tenant and c.id = off.id;
    get diagnostics mended = row_count;
  end if;

  more := cardinality(ids) = a_limit;
  examined := walk.examined + cardinality(ids);
  mended := walk.hits + mended;
  if more then
    update sweep s set position = ids[a_limit], examined = mend_counters.examined, hits = mended
      where s.tenant = a_tenant and s.task = 'counters';
  else
    delete from sweep s where s.tenant = a_tenant and s.task = 'counters';
  end if;
  return next;
end $$;
--> statement-breakpoint
-- RFC 7396 for a flat object: null removes.
create or replace function merge_patch(a_target jsonb, a_patch jsonb) returns jsonb
language sql immutable parallel safe as $$
  select coalesce(jsonb_object_agg(field.key, field.value), '{}')
  from jsonb_each(a_target || a_patch) field where field.value <> 'null'::jsonb
$$;
--> statement-breakpoint
-- The n-th of many ids made at once, n from 0 to 1,048,575: the first with its last twenty random bits counting (RFC 9562, 6.2).
create or replace function nth_id(a_first text, n int) returns text
language sql immutable parallel safe as $$
  select left(a_first, -4) || string_agg(
    substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + (n >> place & 31), 1), '' order by place desc)
  from unnest(array[0, 5, 10, 15]) place
$$;
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
-- One page of the orders of a customer, or of the survivor it was merged into, newest first, and one more to know that there are
-- more.
create or replace function order_list(
  a_tenant text, a_customer text, a_state text, a_placed_at timestamptz, a_id text, a_limit int
) returns json
language plpgsql stable parallel safe as $$
declare
  holder text := (visible_customer(a_tenant, a_customer)).id;
begin
  if holder is null then return null; end if;
  return json_build_object('orders', (
    select coalesce(json_agg(order_row_document(page::"order") order by page.placed_at desc, page.id desc), '[]') from (
      select * from "order" o
      where o.tenant = a_tenant and o.customer_id = holder and (a_state is null or o.state = a_state)
        and (a_id is null or (o.placed_at, o.id) < (a_placed_at, a_id))
      order by o.placed_at desc, o.id desc limit a_limit + 1) page));
end $$;
--> statement-breakpoint
-- An order of the ledger as the API shows it, its fields in the order of the API.
create or replace function order_row_document(o "order") returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', o.id, 'customerId', o.customer_id, 'currency', o.currency, 'total', o.gross, 'refunded', o.refunded,
    'state', o.state, 'placedAt', iso(o.placed_at), 'version', o.version, 'recordedAt', iso(o.updated_at))
$$;
--> statement-breakpoint
-- Everyone whose counters these orders may touch: who stands for the customers they name, and who holds them now.
create or replace function order_sides(a_tenant text, a_orders jsonb) returns setof text
language sql stable as $$
  select coalesce(named.merged_into, named.id)
  from jsonb_to_recordset(a_orders) as given (customer_id text)
    join customer named on named.tenant = a_tenant and named.id = given.customer_id
  union
  select o.customer_id
  from jsonb_to_recordset(a_orders) as given (id text)
    join "order" o on o.tenant = a_tenant and o.id = given.id
$$;
--> statement-breakpoint
-- Writes a mail to be sent, the token its link carries, and the job that sends it. With a quota key it is silent when strangers
-- have had a mail sent to that address within a minute, or five within a day. Returns the job, null when there is none.
create or replace function post_mail(
  a_tenant text, a_mail text, a_job text, a_quota_key text, a_template text, a_recipient text, a_locale text, a_customer text,
  a_token text, a_purpose text, a_subject text, a_change text, a_email_key text, a_hash text, a_expires timestamptz, a_now timestamptz
) returns text
language plpgsql volatile as $$
begin
  if a_quota_key is not null then
    insert into mail_quota as q (tenant, key, since, count, last_at)
    values (a_tenant, a_quota_key, a_now, 1, a_now)
    on conflict (tenant, key) do update set
      count = case when q.since <= a_now - interval '1 day' then 1 else q.count + 1 end,
      since = case when q.since <= a_now - interval '1 day' then a_now else q.since end,
      last_at = a_now
    where q.last_at <= a_now - interval '1 minute' and (q.count < 5 or q.since <= a_now - interval '1 day');
    if not found then return null; end if;
  end if;
  if a_purpose is not null then
    insert into mail_token (tenant, id, purpose, subject, change_id, email_key, hash, created_at, expires_at)
    values (a_tenant, a_token, a_purpose, coalesce(a_subject, a_token), a_change, a_email_key, a_hash, a_now, a_expires)
    on conflict (tenant, purpose, subject) where purpose <> 'undo' do update set
      id = excluded.id, change_id = excluded.change_id, email_key = excluded.email_key, hash = excluded.hash,
      created_at = excluded.created_at, expires_at = excluded.expires_at;
  end if;
  insert into mail (tenant, id, template, recipient, locale, customer_id, token_id, created_at)
  values (a_tenant, a_mail, a_template, a_recipient, a_locale, a_customer,
    case when a_purpose is not null then a_token end, a_now);
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (a_tenant, a_job, 'mail', jsonb_build_object('mail', a_mail), a_now + interval '1 minute', a_now);
  return a_job;
end $$;
--> statement-breakpoint
-- Takes the states of many orders into the ledger, and their difference into the counters of the customers they belong to, with
-- one event for each. Per order the newest version wins, also when it names another customer; a merged customer's orders are its
-- survivor's. Who is gone gets no new orders, but what the ledger holds for it stays true, quietly.
-- Each order: {ordinal, id, customer_id, currency, gross, refunded, state, placed_at, version, event, job, left_event, left_job};
-- the latter two tell whom it moved away from.
create or replace function record_orders(
  a_tenant text, a_orders jsonb, a_currency text, a_actor jsonb, a_request text, a_now timestamptz
) returns table (ordinal int, known boolean, applied boolean, document json, jobs text[])
language plpgsql volatile as $$
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
        where holder.listed or exists (
          select from "order" o where o.tenant = a_tenant and o.id = given.id and o.customer_id = holder.id)
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
    select given.ordinal, holder.id is not null, coalesce(done.applied, false), order_row_document(o), told
    from jsonb_to_recordset(a_orders) as given (ordinal int, id text, customer_id text)
      left join "order" o on o.tenant = a_tenant and o.id = given.id
      left join customer named on named.tenant = a_tenant and named.id = given.customer_id
      left join customer holder on holder.tenant = a_tenant and holder.id = coalesce(named.merged_into, named.id)
        and (holder.listed or o.customer_id = holder.id)
      left join lateral (
        select true as applied from jsonb_array_elements(written) w where (w ->> 'ordinal')::int = given.ordinal) done on true
    order by given.ordinal;
end $$;
--> statement-breakpoint
-- Ends the transaction with one of our refusal codes; the detail is for us and holds no value of the input.
create or replace function refuse(a_code text, a_detail text default null) returns void
language plpgsql volatile as $$
begin
  raise exception using errcode = 'CU001', message = a_code, detail = coalesce(a_detail, '');
end $$;
--> statement-breakpoint
-- Refuses when a reader's copy is stale, and says in which fields. A reader that names no version is content with any.
create or replace function refuse_stale(a_read int, a_version int, a_changed_at jsonb) returns void
language plpgsql volatile as $$
begin
  if a_read <> a_version then
    perform refuse('precondition_failed', (
      select coalesce(string_agg(field.key, ',' order by field.key), '')
      from jsonb_each(a_changed_at) field where field.value::int > a_read));
  end if;
end $$;
--> statement-breakpoint
-- Takes customers out of a group; those that are not in it are left out. Returns what there is to tell, for emit_each.
create or replace function remove_members(a_tenant text, a_group text, a_customers text[], a_reason text) returns jsonb
language plpgsql volatile as $$
declare
  changes jsonb;
begin
  perform lock_customers(a_tenant, a_customers);
  with gone as (
    delete from membership where tenant = a_tenant and group_key = a_group and customer_id = any(a_customers)
    returning customer_id, source
  )
  select jsonb_agg(jsonb_build_object(
      'customerId', customer_id, 'group', a_group, 'source', source, 'reason', a_reason) order by customer_id)
    into changes from gone;
  return coalesce(changes, '[]');
end $$;
--> statement-breakpoint
-- Gives those of these customers who are in the group another time to end; with a_keep only those whose time is over and who were
-- not taken out yet. Returns what there is to tell, for emit_each.
create or replace function renew_members(
  a_tenant text, a_group text, a_customers text[], a_keep boolean, a_expires_at timestamptz, a_now timestamptz
) returns jsonb
language plpgsql volatile as $$
declare
  changes jsonb;
begin
  with renewed as (
    update membership set expires_at = a_expires_at
    where tenant = a_tenant and group_key = a_group and customer_id = any(a_customers)
      and case when a_keep then expires_at <= a_now else expires_at is distinct from a_expires_at end
    returning customer_id
  )
  select jsonb_agg(jsonb_build_object('customerId', customer_id, 'group', a_group, 'expiresAt', iso(a_expires_at))
      order by customer_id) into changes from renewed;
  return coalesce(changes, '[]');
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
-- Hands out the defaults of one customer, whose row is locked, after any change of its addresses: to the address that was wished
-- for, else to the one that holds it, else to the one most recently added or changed. What nobody has vouched for is a default of
-- guests only. The customer's country follows. Addresses that gain or lose a default have another version: a reader sees it.
create or replace function settle_default_addresses(
  a_tenant text, a_customer text, a_shipping text, a_billing text
) returns void
language plpgsql volatile as $$
declare
  it customer;
  shipping record;
  billing record;
begin
  select * into it from customer where tenant = a_tenant and id = a_customer;
  select a.id, a.country into shipping from address a
    where a.tenant = a_tenant and a.customer_id = a_customer and (not a.unproven or it.status = 'guest')
    order by a.id = a_shipping desc nulls last, a.id = it.default_shipping_id desc nulls last, a.updated_at desc, a.id desc
    limit 1;
  select a.id into billing from address a
    where a.tenant = a_tenant and a.customer_id = a_customer and (not a.unproven or it.status = 'guest')
    order by a.id = a_billing desc nulls last, a.id = it.default_billing_id desc nulls last, a.updated_at desc, a.id desc
    limit 1;
  if it.default_shipping_id is not distinct from shipping.id and it.default_billing_id is not distinct from billing.id
    and it.country = coalesce(shipping.country, '') then return; end if;
  update customer set
    default_shipping_id = shipping.id, default_billing_id = billing.id, country = coalesce(shipping.country, '')
    where tenant = a_tenant and id = a_customer;
  update address a set
    version = moved.version,
    changed_at = a.changed_at || jsonb_build_object('defaultFor', moved.version)
      || case when moved.shipping then jsonb_build_object('isDefault', moved.version) else '{}' end
    from (
      select before.id,
        -- What this transaction has written already (xmin) has its next version.
        before.version + (before.xmin <> pg_current_xact_id()::xid)::int as version,
        (before.id is not distinct from shipping.id) <> (before.id is not distinct from it.default_shipping_id) as shipping,
        (before.id is not distinct from billing.id) <> (before.id is not distinct from it.default_billing_id) as billing
      from address before where before.tenant = a_tenant and before.customer_id = a_customer
    ) moved
    where a.tenant = a_tenant and a.id = moved.id and (moved.shipping or moved.billing);
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
--> statement-breakpoint
-- What was spent per currency as the API lists it.
create or replace function spent_document(a_spent jsonb) returns json
language sql immutable parallel safe as $$
  select coalesce(json_agg(json_build_object(
    'currency', part.key, 'amount', part.value -> 'amount', 'orders', part.value -> 'orders') order by part.key), '[]')
  from jsonb_each(a_spent) part
$$;
--> statement-breakpoint
-- Takes a job away in the commit that does it; when another has, ends the commit: there is nothing left to do.
create or replace function take_job(a_tenant text, a_id text) returns void
language plpgsql volatile as $$
begin
  delete from job where tenant = a_tenant and id = a_id;
  if not found then perform refuse('job_done'); end if;
end $$;
--> statement-breakpoint
-- The customer an id stands for: itself, or the survivor it was merged into (chains are flat). What is erased or deleted is not
-- there: the row of nulls.
create or replace function visible_customer(a_tenant text, a_id text) returns customer
language plpgsql stable parallel safe as $$
declare
  it customer;
begin
  select * into it from customer where tenant = a_tenant and id = a_id;
  if it.status = 'merged' then
    select * into it from customer where tenant = a_tenant and id = it.merged_into;
  end if;
  if it.status in ('erased', 'deleted') then return null; end if;
  return it;
end $$;
