set check_function_bodies = off;
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
-- One customer as the API answers with it: the version beside it, and the id that was asked for when that one was merged into
-- it. What is erased or deleted reads as nothing.
create or replace function customer_document(a_tenant text, a_id text, a_currency text) returns json
language plpgsql stable parallel safe as $$
declare
  it customer;
  merged_from text;
begin
  select * into it from customer where tenant = a_tenant and id = a_id;
  if it.status = 'merged' then
    merged_from := a_id;
    select * into it from customer where tenant = a_tenant and id = it.merged_into;
  end if;
  if it.id is null or it.status in ('erased', 'deleted') then return null; end if;
  return json_build_object(
    'version', it.version, 'mergedFrom', merged_from, 'customer', customer_row_document(it, a_currency));
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
    'spent', coalesce((
      select json_agg(json_build_object('currency', s.key, 'amount', s.value -> 'amount', 'orders', s.value -> 'orders') order by s.key)
      from jsonb_each(it.spent) s), '[]'),
    'lastOrderAt', iso(it.last_order_at), 'createdAt', iso(it.created_at), 'updatedAt', iso(it.updated_at));
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
-- A moment as RFC 3339 writes it, to the millisecond.
create or replace function iso(a_moment timestamptz) returns text
language sql stable parallel safe as $$
  select to_char(a_moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
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
-- Waits for the customer's row and refuses what cannot be written to. A function of its own, so that the statements after it
-- see what it waited for. With a version, refuses when the reader's copy is stale, and says in which fields.
create or replace function lock_customer(a_tenant text, a_id text, a_version int default null) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  select status, version, changed_at into it from customer
    where tenant = a_tenant and id = a_id for no key update;
  if not found or it.status in ('erased', 'deleted') then perform refuse('customer_not_found'); end if;
  if it.status = 'merged' then perform refuse('customer_merged'); end if;
  if a_version is not null and it.version <> a_version then
    perform refuse('precondition_failed', (
      select coalesce(string_agg(field.key, ',' order by field.key), '')
      from jsonb_each_text(it.changed_at) field where field.value::int > a_version));
  end if;
end $$;
--> statement-breakpoint
-- RFC 7396 for a flat object: null removes.
create or replace function merge_patch(a_target jsonb, a_patch jsonb) returns jsonb
language sql immutable parallel safe as $$
  select coalesce(jsonb_object_agg(field.key, field.value), '{}')
  from jsonb_each(a_target || a_patch) field where field.value <> 'null'::jsonb
$$;
--> statement-breakpoint
-- Ends the transaction with one of our refusal codes; the detail is for us and holds no value of the input.
create or replace function refuse(a_code text, a_detail text default null) returns void
language plpgsql volatile as $$
begin
  raise exception using errcode = 'CU001', message = a_code, detail = coalesce(a_detail, '');
end $$;
