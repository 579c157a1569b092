set check_function_bodies = off;
--> statement-breakpoint
drop function if exists add_address(a_tenant text, a_customer text, a_address jsonb, a_max int, a_shipping text, a_billing text, a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz);
--> statement-breakpoint
drop function if exists insert_address(a_tenant text, a_customer text, a_address jsonb, a_now timestamptz);
--> statement-breakpoint
drop function if exists settle_default_addresses(a_tenant text, a_customer text, a_shipping text, a_billing text);
--> statement-breakpoint
-- An address for a customer's book, the defaults it is wished for, and word of it, in one call: this is how a book is mostly written
-- to. When nothing is new, not even that someone vouches for what was there, nothing is told. A twin of what is there needs no room.
-- Refuses as hold_customer does, and address_limit_reached.
create or replace function add_address(
  a_tenant text, a_customer text, a_address jsonb, a_max int, a_shipping text, a_billing text,
  a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz,
  out created boolean, out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  it customer := hold_customer(a_tenant, a_customer);
  held address;
  moved boolean := false;
begin
  if (select count(*) >= a_max and not coalesce(bool_or(sameness = a_address ->> 'sameness'), false)
      from address where tenant = a_tenant and customer_id = a_customer) then
    perform refuse('address_limit_reached');
  end if;
  held := insert_address(a_tenant, a_customer, a_address, a_now);
  created := held.id = a_address ->> 'id';
  -- A new address that is wished for nothing takes a default from nobody.
  if not created or it.default_shipping_id is null or it.default_billing_id is null or a_shipping is not null or a_billing is not null then
    moved := settle_default_addresses(a_tenant, a_customer, a_shipping, a_billing);
  end if;
  if moved then
    select * into it from customer where tenant = a_tenant and id = a_customer;
    select * into held from address where tenant = a_tenant and id = held.id;
  end if;
  if created or moved then
    if emit(a_tenant, a_customer, a_event, a_job, 'customer.updated', array['addresses'],
      address_row_change(it, held, held.id, case when created then 'added' else 'changed' end), a_actor, a_request, a_now) is not null
    then jobs := array[a_job]; end if;
  end if;
  document := json_build_object('version', held.version,
    'address', address_row_document(held, it.default_shipping_id, it.default_billing_id));
end $$;
--> statement-breakpoint
-- Puts one customer into a group and tells of it, in one call: this is how groups are mostly given. The group is made when there is
-- none and a_create says so. One who is a member already stays one; a_end says that a_expires_at is when that is to end, else only
-- what is over, and was not taken out yet, goes on. Refuses as hold_group and hold_customer do.
create or replace function add_membership(
  a_tenant text, a_customer text, a_group text, a_version int, a_create boolean, a_end boolean, a_expires_at timestamptz,
  a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz,
  out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  it customer;
  held membership;
  is_new boolean;
begin
  perform hold_group(a_tenant, a_group, a_create, a_now);
  it := hold_customer(a_tenant, a_customer, a_version);
  select * into held from membership where tenant = a_tenant and group_key = a_group and customer_id = a_customer;
  is_new := not found;
  if is_new or (case when a_end then held.expires_at is distinct from a_expires_at else held.expires_at <= a_now end) then
    -- With the group in it before the membership is: keep_group_keys has nothing left to write then.
    update customer set
      group_keys = case when is_new then array(select key from unnest(group_keys || a_group) key order by key collate "C") else group_keys end,
      sequence = sequence + 1, version = version + 1, updated_at = a_now,
      changed_at = changed_at || jsonb_build_object('groups', version + 1)
      where tenant = a_tenant and id = a_customer returning * into it;
    if is_new then
      insert into membership (tenant, group_key, customer_id, source, added_at, expires_at)
        values (a_tenant, a_group, a_customer, 'manual', a_now, a_expires_at) returning * into held;
    else
      update membership set expires_at = a_expires_at
        where tenant = a_tenant and group_key = a_group and customer_id = a_customer returning * into held;
    end if;
    jobs := array[tell(it, a_event, a_job, case when is_new then 'customer.group_added' else 'customer.updated' end, array['groups'],
      jsonb_build_object('group', a_group, 'expiresAt', iso(held.expires_at))
        || case when is_new then jsonb_build_object('source', held.source) else '{}' end, a_actor, a_request, a_now)];
  end if;
  document := json_build_object('added', is_new, 'version', it.version, 'value', json_build_object(
    'key', held.group_key, 'source', held.source, 'addedAt', iso(held.added_at), 'expiresAt', iso(held.expires_at),
    'groups', it.group_keys));
end $$;
--> statement-breakpoint
-- The same as address_row_change, for a statement of its own that knows the address by its id.
create or replace function address_change(a_tenant text, a_customer text, a_id text, a_action text) returns jsonb
language sql stable parallel safe as $$
  select address_row_change(c, a, a_id, a_action)
  from customer c left join address a on a.tenant = c.tenant and a.customer_id = c.id and a.id = a_id
  where c.tenant = a_tenant and c.id = a_customer
$$;
--> statement-breakpoint
-- What an event says of a changed address book: which address, what happened to it, as it is now; and who holds the defaults now,
-- which may be others than before.
create or replace function address_row_change(c customer, a address, a_id text, a_action text) returns jsonb
language sql stable parallel safe as $$
  select jsonb_build_object(
    'address', jsonb_build_object('action', a_action, 'id', a_id)
      || case when a_action = 'changed' then jsonb_build_object('changed', (
          select jsonb_agg(field.key order by field.key)
          from jsonb_each(a.changed_at) field where field.value::int = a.version)) else '{}' end
      || case when a.id is not null
          then address_row_document(a, c.default_shipping_id, c.default_billing_id)::jsonb else '{}' end,
    'defaultAddresses', jsonb_build_object('shipping', c.default_shipping_id, 'billing', c.default_billing_id))
$$;
--> statement-breakpoint
-- Changes what a_change names and differs, and tells which fields a reader sees changed; when none does, nothing happens. a_change
-- holds columns by their names; its metadata is merged into what is there (RFC 7396). Another address, not only another spelling of
-- it, is neither verified nor claimed. Whoever wants the same address or external id waits, so that no unique index has to say no,
-- for Postgres logs the values that break one. Refuses as hold_customer does, and email_taken, external_id_taken, too_much_metadata.
create or replace function change_customer(
  a_tenant text, a_id text, a_version int, a_change jsonb, a_metadata_keys int, a_currency text,
  a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz,
  out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  it customer;
  became customer;
  fields text[];
begin
  if a_change ? 'email_key' then perform lock_email(a_tenant, a_change ->> 'email_key'); end if;
  it := hold_customer(a_tenant, a_id, a_version);
  became := jsonb_populate_record(it, a_change);

  if became.email_key <> it.email_key then
    if exists (
      select from customer other where other.tenant = a_tenant and other.email_key = became.email_key and other.id <> a_id
        and other.status = any(case when it.status = 'guest' then array['guest'] else array['unverified', 'active', 'disabled'] end))
      then perform refuse('email_taken'); end if;
    became.claimed_at := null;
    became.email_verified_at := null;
    became.status := case when it.status = 'active' then 'unverified' else it.status end;
  end if;
  if a_change ? 'external_id' then perform hold_external_id(a_tenant, became.external_id, a_id); end if;
  if a_change ? 'metadata' then
    became.metadata := merge_patch(it.metadata, a_change -> 'metadata');
    if (select count(*) from jsonb_object_keys(became.metadata)) > a_metadata_keys then perform refuse('too_much_metadata'); end if;
  end if;

  fields := array_remove(array[
    case when became.email <> it.email then 'email' end,
    case when (became.email_verified_at is null) <> (it.email_verified_at is null) then 'emailVerified' end,
    case when became.external_id is distinct from it.external_id then 'externalId' end,
    case when became.first_name is distinct from it.first_name then 'firstName' end,
    case when became.last_name is distinct from it.last_name then 'lastName' end,
    case when became.locale is distinct from it.locale then 'locale' end,
    case when became.metadata <> it.metadata then 'metadata' end,
    case when became.phone is distinct from it.phone then 'phone' end,
    case when became.status <> it.status then 'status' end], null);
  if cardinality(fields) > 0 then
    -- Apart, for each column named here has triggers that look at it.
    if became.email <> it.email then
      update customer set email = became.email, email_key = became.email_key, claimed_at = became.claimed_at,
          email_verified_at = became.email_verified_at, status = became.status, updated_at = a_now
        where tenant = a_tenant and id = a_id;
    end if;
    update customer set
      first_name = became.first_name, first_name_key = became.first_name_key,
      last_name = became.last_name, last_name_key = became.last_name_key,
      phone = became.phone, locale = became.locale, external_id = became.external_id, metadata = became.metadata,
      sequence = sequence + 1, version = version + 1, updated_at = a_now,
      changed_at = changed_at || (select jsonb_object_agg(field, it.version + 1) from unnest(fields) field)
      where tenant = a_tenant and id = a_id returning * into it;
    jobs := array[tell(it, a_event, a_job, 'customer.updated', fields, '{}', a_actor, a_request, a_now)];
  end if;
  document := json_build_object('version', it.version, 'mergedFrom', null, 'customer', customer_row_document(it, a_currency));
end $$;
--> statement-breakpoint
-- What is true of every customer. Lists and filters by the moment of creation go by the id. Triggers, for check constraints are read
-- and prepared anew by each statement that writes a customer, whatever it writes, which takes longer than the change itself.
create or replace function check_customer() returns trigger
language plpgsql stable as $$
declare
  broken text := case
    when new.created_at <> id_moment(new.id) then 'customer_created_when_its_id_says'
    when new.status not in ('guest', 'unverified', 'active', 'disabled', 'merged', 'erased', 'deleted') then 'customer_status_known'
    when (new.status = 'merged') <> (new.merged_into is not null) then 'customer_merged_has_survivor'
    when new.provisional and new.status in ('guest', 'active') then 'customer_provisional_is_unverified'
    when new.status = 'guest' and new.password_hash is not null then 'customer_guest_has_no_password' end;
begin
  if broken is not null then
    raise exception using errcode = 'check_violation', constraint = broken, message = 'a customer cannot be so';
  end if;
  return new;
end $$;
alter table customer drop constraint if exists customer_created_when_its_id_says;
drop trigger if exists customer_created_when_its_id_says on customer;
create or replace trigger customer_is_sound
  before insert on customer for each row execute function check_customer();
create or replace trigger customer_is_sound_still
  after update of id, created_at, status, merged_into, provisional, password_hash on customer
  for each row execute function check_customer();
--> statement-breakpoint
-- An account and word of it, unless one holds its address: then nothing, or the refusal a_taken. Whoever wants the same address or
-- external id waits, so that no unique index has to say no, for Postgres logs the values that break one. With a_left_event, what only
-- a storefront's login made makes room first, and that is told. The document is that of the account that has the address then; none
-- is made without a currency.
create or replace function create_account(
  a_tenant text, a_account jsonb, a_taken text, a_currency text,
  a_event text, a_job text, a_left_event text, a_left_job text, a_actor jsonb, a_request text, a_now timestamptz,
  out created boolean, out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  it customer;
begin
  perform lock_email(a_tenant, a_account ->> 'email_key');
  if a_left_event is not null and displace_provisional(
    a_tenant, a_account ->> 'email_key', a_left_event, a_left_job, a_actor, a_request, a_now) is not null
  then jobs := array[a_left_job]; end if;
  insert into customer (tenant, id, external_id, email, email_key, first_name, last_name, first_name_key, last_name_key,
      phone, locale, status, provisional, email_verified_at, claimed_at, password_hash, metadata, sequence, created_at, updated_at)
    select a_tenant, id, external_id, email, email_key, first_name, last_name, first_name_key, last_name_key,
      phone, locale, status, provisional, proven_at, proven_at, password_hash, metadata, 1, a_now, a_now
    from jsonb_to_record(a_account) as account (id text, external_id text, email text, email_key text, first_name text, last_name text,
      first_name_key text, last_name_key text, phone text, locale text, status text, provisional boolean, proven_at timestamptz,
      password_hash text, metadata jsonb)
    where hold_external_id(a_tenant, account.external_id, account.id)
    on conflict (tenant, email_key) where status in ('unverified', 'active', 'disabled') do nothing
    returning * into it;
  created := found;
  if created then
    jobs := jobs || tell(it, a_event, a_job, 'customer.created', '{}', '{}', a_actor, a_request, a_now);
  else
    if a_taken is not null then perform refuse(a_taken); end if;
    select * into it from customer
      where tenant = a_tenant and email_key = a_account ->> 'email_key' and status in ('unverified', 'active', 'disabled');
  end if;
  if a_currency is not null then
    document := json_build_object('version', it.version, 'mergedFrom', null, 'customer', customer_row_document(it, a_currency));
  end if;
end $$;
--> statement-breakpoint
-- A guest and word of it, unless the address has one: then that one, as it is. A unique index decides, after waiting for whoever is
-- writing the same one. The guest that is answered with is kept from being merged until the commit. With a_merge it is noted that it
-- is due to become part of the address's account, if it is.
create or replace function create_guest(
  a_tenant text, a_guest jsonb, a_address jsonb, a_currency text, a_event text, a_job text, a_merge text, a_merge_job text,
  a_actor jsonb, a_request text, a_now timestamptz,
  out created boolean, out document json, out jobs text[]
)
language plpgsql volatile as $$
declare
  it customer;
begin
  insert into customer (tenant, id, email, email_key, first_name, last_name, first_name_key, last_name_key,
      phone, locale, status, unproven, sequence, created_at, updated_at)
    select a_tenant, id, email, email_key, first_name, last_name, first_name_key, last_name_key,
      phone, locale, 'guest', unproven, 1, a_now, a_now
    from jsonb_to_record(a_guest) as guest (id text, email text, email_key text, first_name text, last_name text,
      first_name_key text, last_name_key text, phone text, locale text, unproven boolean)
    on conflict (tenant, email_key) where status = 'guest' do nothing
    returning * into it;
  created := found;
  if created then
    if a_address is not null then
      perform insert_address(a_tenant, it.id, a_address, a_now);
      perform settle_default_addresses(a_tenant, it.id, null, null);
      select * into it from customer where tenant = a_tenant and id = it.id;
    end if;
    jobs := array[tell(it, a_event, a_job, 'customer.created', '{}', '{}', a_actor, a_request, a_now)];
  else
    select * into it from customer
      where tenant = a_tenant and email_key = a_guest ->> 'email_key' and status = 'guest' for no key update;
    -- One that was merged while we looked leaves room for another: once more.
    if not found then raise serialization_failure; end if;
  end if;
  if a_merge is not null then
    jobs := jobs || enqueue_merge(a_tenant, it.email_key, a_merge, a_merge_job, a_now);
  end if;
  document := json_build_object('version', it.version, 'mergedFrom', null, 'customer', customer_row_document(it, a_currency));
end $$;
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
  job text;
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
  job := tell(it, a_event, a_job, a_type, fields, a_data, a_actor, a_request, a_now);
  return it.sequence;
end $$;
--> statement-breakpoint
-- Writes down on the customer what groups it is in, in order; what a reader sees changed is stamped with the version to come. The lock
-- stands before the look: two who add one customer to two groups see each other.
create or replace function gather_group_keys(a_tenant text, a_customer text) returns void
language plpgsql volatile as $$
declare
  noted text[];
  keys text[];
begin
  select group_keys into noted from customer where tenant = a_tenant and id = a_customer for no key update;
  select coalesce(array_agg(group_key::text order by group_key), '{}') into keys from membership
    where tenant = a_tenant and customer_id = a_customer;
  if noted <> keys then
    update customer set group_keys = keys, changed_at = changed_at || jsonb_build_object('groups', version + 1)
      where tenant = a_tenant and id = a_customer;
  end if;
end $$;
--> statement-breakpoint
-- The customer's row, after waiting for whoever is changing it; refuses what cannot be written to. A function of its own, so that
-- the statements after it see what it waited for. With a version, refuses when the reader's copy is stale.
create or replace function hold_customer(a_tenant text, a_id text, a_version int default null) returns customer
language plpgsql volatile as $$
declare
  it customer;
begin
  select * into it from customer where tenant = a_tenant and id = a_id for no key update;
  if not found or it.status in ('erased', 'deleted') then perform refuse('customer_not_found'); end if;
  if it.status = 'merged' then
    if (visible_customer(a_tenant, a_id)).id is null then perform refuse('customer_not_found'); end if;
    perform refuse('customer_merged');
  end if;
  if a_version is not null then perform refuse_stale(a_version, it.version, it.changed_at); end if;
  return it;
end $$;
--> statement-breakpoint
-- An address, unless the customer has the very same; that one stays as it is, but is vouched for from now on if this one is. Returns
-- the one that is there then. The customer is locked before, and the defaults are settled after.
create or replace function insert_address(a_tenant text, a_customer text, a_address jsonb, a_now timestamptz) returns address
language plpgsql volatile as $$
declare
  it address;
begin
  insert into address (tenant, id, customer_id, label, first_name, last_name, company, line1, line2, city, state, postal_code,
      country, phone, sameness, unproven, created_at, updated_at)
    select a_tenant, id, a_customer, label, first_name, last_name, company, line1, line2, city, state, postal_code,
      country, phone, sameness, unproven, a_now, a_now
    from jsonb_to_record(a_address) as given (id text, label text, first_name text, last_name text, company text,
      line1 text, line2 text, city text, state text, postal_code text, country text, phone text, sameness text, unproven boolean)
    on conflict (tenant, customer_id, sameness) do update set unproven = false
      where address.unproven and not excluded.unproven
    returning * into it;
  if not found then
    select * into it from address
      where tenant = a_tenant and customer_id = a_customer and sameness = a_address ->> 'sameness';
  end if;
  return it;
end $$;
--> statement-breakpoint
-- A customer's group_keys are the keys of its memberships, whoever writes a membership and however. For each row, for what changes
-- many memberships at once has locked their customers in the order of their ids.
create or replace function keep_group_keys() returns trigger
language plpgsql volatile as $$
begin
  if tg_op <> 'INSERT' then perform gather_group_keys(old.tenant, old.customer_id); end if;
  if tg_op = 'INSERT' or new.customer_id <> old.customer_id or new.group_key <> old.group_key then
    perform gather_group_keys(new.tenant, new.customer_id);
  end if;
  return null;
end $$;

drop trigger if exists membership_moves_from on membership;
drop trigger if exists membership_moves_to on membership;
create or replace trigger membership_begins after insert on membership
  for each row execute function keep_group_keys();
create or replace trigger membership_moves after update of tenant, customer_id, group_key on membership
  for each row execute function keep_group_keys();
create or replace trigger membership_ends after delete on membership
  for each row execute function keep_group_keys();
--> statement-breakpoint
-- Waits for the customer's row and refuses as hold_customer does: for a statement of its own, which wants nothing of the row.
create or replace function lock_customer(a_tenant text, a_id text, a_version int default null) returns void
language plpgsql volatile as $$
begin
  perform hold_customer(a_tenant, a_id, a_version);
end $$;
--> statement-breakpoint
-- Hands out the defaults of one customer, whose row is locked, after any change of its addresses: to the address that was wished
-- for, else to the one that holds it, else to the one most recently added or changed. What nobody has vouched for is a default of
-- guests only. The customer's country follows. Addresses that gain or lose a default have another version: a reader sees it.
-- True when a default or the country moved.
create or replace function settle_default_addresses(
  a_tenant text, a_customer text, a_shipping text, a_billing text
) returns boolean
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
    and it.country = coalesce(shipping.country, '') then return false; end if;
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
  return true;
end $$;
--> statement-breakpoint
-- Tells of a change that the customer's row has taken in already, its sequence too: the event, and the job that carries it out of
-- here. a_changed names the fields a reader sees changed. Returns the job's id.
create or replace function tell(
  it customer, a_event text, a_job text, a_type text,
  a_changed text[], a_data jsonb, a_actor jsonb, a_request text, a_now timestamptz
) returns text
language plpgsql volatile as $$
begin
  insert into event (tenant, id, customer_id, sequence, type, data, actor, request_id, at)
  values (it.tenant, a_event, it.id, it.sequence, a_type,
    jsonb_build_object('customerId', it.id, 'customer', customer_summary(it))
      || case when cardinality(a_changed) > 0 then jsonb_build_object('changed', to_jsonb(a_changed)) else '{}' end
      || a_data,
    a_actor, a_request, a_now);
  insert into job (tenant, id, kind, payload, due_at, created_at)
  values (it.tenant, a_job, 'announce', jsonb_build_object('event', a_event), a_now + interval '1 minute', a_now);
  return a_job;
end $$;
--> statement-breakpoint
drop function if exists check_created_at();
--> statement-breakpoint
drop function if exists hold_guest(a_tenant text, a_email_key text);
--> statement-breakpoint
drop function if exists insert_account(a_tenant text, a_account jsonb, a_now timestamptz, a_taken text, a_event text, a_job text, a_actor jsonb, a_request text);
--> statement-breakpoint
drop function if exists lock_address_book(a_tenant text, a_customer text, a_sameness text, a_max int);
