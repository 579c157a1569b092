set check_function_bodies = off;
--> statement-breakpoint
drop function if exists customer_documents(a_tenant text, a_ids text[], a_currency text);
--> statement-breakpoint
drop function if exists customer_walk(a_tenant text, a_order text, a_key text, a_id text, a_most int);
--> statement-breakpoint
drop function if exists event_page(a_tenant text, a_after text, a_xact xid8, a_id text, a_type text[], a_customer text, a_limit int);
--> statement-breakpoint
drop function if exists events_after(a_tenant text, a_xact xid8, a_id text, a_most int);
--> statement-breakpoint
-- Several customers, each as customer_row_document has it. In one query that is planned once: for a page that takes half the time of
-- a call for each. Each document is made of a row, whose columns have their names and types once and for all. Addresses come in the
-- order of their index, which is that of time.
create or replace function customer_documents(a_customers customer[], a_currency text) returns json
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
begin
  return (
    select coalesce(json_agg(document), '[]')
    from unnest(a_customers) it
    cross join lateral (
      select it.id, it.external_id as "externalId", it.email,
        it.first_name as "firstName", it.last_name as "lastName", it.phone, it.locale,
        it.status, it.email_verified_at is not null as "emailVerified",
        array(select address from (
          select a.id, a.label, a.first_name as "firstName", a.last_name as "lastName", a.company, a.line1, a.line2, a.city, a.state,
            a.postal_code as "postalCode", a.country, a.phone, a.id is not distinct from it.default_shipping_id as "isDefault",
            default_for(a.id, it.default_shipping_id, it.default_billing_id) as "defaultFor"
          from address a where a.tenant = it.tenant and a.customer_id = it.id order by a.id) address) as addresses,
        it.group_keys as groups, it.metadata,
        it.order_count as "orderCount", it.total_spent as "totalSpent", a_currency as currency, spent_document(it.spent) as spent,
        iso(it.last_order_at) as "lastOrderAt", iso(it.created_at) as "createdAt", iso(it.updated_at) as "updatedAt") document);
end $$;
--> statement-breakpoint
-- A page of all customers that are listed: `data` as customer_documents has it, and `next`, the position to go on from, null at the
-- end. What a list with filters says in a statement of its own, for the lists that are asked for most.
create or replace function customer_page(
  a_tenant text, a_currency text, a_order text, a_key text, a_id text, a_limit int, out data text, out next json
) language plpgsql stable parallel safe as $$
declare
  page customer[] := customer_walk(a_tenant, a_order, a_key, a_id, a_limit + 1);
  last customer := page[a_limit];
begin
  data := customer_documents(page[:a_limit], a_currency);
  if cardinality(page) <= a_limit then return; end if;
  next := json_build_array(case split_part(a_order, ' ', 1)
    when 'id' then to_json(last.id)
    when 'updated_at' then to_json(last.updated_at) when 'last_order_key' then to_json(last.last_order_key)
    when 'total_spent' then to_json(last.total_spent) when 'order_count' then to_json(last.order_count)
    when 'last_name_key' then to_json(last.last_name_key) when 'email_key' then to_json(last.email_key) end, last.id, false);
end $$;
--> statement-breakpoint
-- All customers that are listed, in one order, after a position (key, id) or from the beginning. Each order is a query of its own,
-- whose plan is kept; none may sort, for a plan that is kept for all tenants knows too little of one to tell how much that would be.
-- That a page holds a hundred at most tells it that few are wanted. What has no end begins beyond any value. Those without what
-- sorts have the least value of all and come last both ways: ascending they are a second part.
create or replace function customer_walk(a_tenant text, a_order text, a_key text, a_id text, a_most int) returns customer[]
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan set enable_sort = off as $$
declare
  after_id text := coalesce(a_id, '');
  before_id text := coalesce(a_id, '~');
  part customer[];
begin
  case a_order
  when 'id asc' then
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and id > after_id order by id limit 101) x limit a_most);
  when 'id desc' then
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and id < before_id order by id desc limit 101) x limit a_most);
  when 'updated_at asc' then
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and (updated_at, id) > (coalesce(a_key::timestamptz, '-infinity'), after_id)
      order by updated_at, id limit 101) x limit a_most);
  when 'updated_at desc' then
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and (updated_at, id) < (coalesce(a_key::timestamptz, 'infinity'), before_id)
      order by updated_at desc, id desc limit 101) x limit a_most);
  when 'total_spent asc' then
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and (total_spent, id) > (coalesce(a_key::int8, -9223372036854775808), after_id)
      order by total_spent, id limit 101) x limit a_most);
  when 'total_spent desc' then
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and (total_spent, id) < (coalesce(a_key::int8, 9223372036854775807), before_id)
      order by total_spent desc, id desc limit 101) x limit a_most);
  when 'order_count asc' then
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and (order_count, id) > (coalesce(a_key::int4, -2147483648), after_id)
      order by order_count, id limit 101) x limit a_most);
  when 'order_count desc' then
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and (order_count, id) < (coalesce(a_key::int4, 2147483647), before_id)
      order by order_count desc, id desc limit 101) x limit a_most);
  when 'email_key asc' then
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and (email_key, id) > (coalesce(a_key, ''), after_id)
      order by email_key, id limit 101) x limit a_most);
  when 'email_key desc' then
    if a_id is null then
      return array(select c from (select c from customer c
        where tenant = a_tenant and listed order by email_key desc, id desc limit 101) x limit a_most);
    end if;
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and (email_key, id) < (a_key, a_id)
      order by email_key desc, id desc limit 101) x limit a_most);
  when 'last_name_key asc' then
    if a_key is distinct from '' then
      part := array(select c from (select c from customer c
        where tenant = a_tenant and listed and (last_name_key, id) > (coalesce(a_key, ''), before_id)
        order by last_name_key, id limit 101) x limit a_most);
      if cardinality(part) = a_most then return part; end if;
      after_id := '';
    end if;
    return part || array(select c from (select c from customer c
      where tenant = a_tenant and listed and last_name_key = '' and id > after_id
      order by id limit 101) x limit a_most - coalesce(cardinality(part), 0));
  when 'last_name_key desc' then
    if a_id is null then
      return array(select c from (select c from customer c
        where tenant = a_tenant and listed order by last_name_key desc, id desc limit 101) x limit a_most);
    end if;
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and (last_name_key, id) < (a_key, a_id)
      order by last_name_key desc, id desc limit 101) x limit a_most);
  when 'last_order_key asc' then
    if a_key is distinct from '-infinity' then
      part := array(select c from (select c from customer c
        where tenant = a_tenant and listed and (last_order_key, id) > (coalesce(a_key::timestamptz, '-infinity'), before_id)
        order by last_order_key, id limit 101) x limit a_most);
      if cardinality(part) = a_most then return part; end if;
      after_id := '';
    end if;
    return part || array(select c from (select c from customer c
      where tenant = a_tenant and listed and last_order_key = '-infinity' and id > after_id
      order by id limit 101) x limit a_most - coalesce(cardinality(part), 0));
  when 'last_order_key desc' then
    return array(select c from (select c from customer c
      where tenant = a_tenant and listed and (last_order_key, id) < (coalesce(a_key::timestamptz, 'infinity'), before_id)
      order by last_order_key desc, id desc limit 101) x limit a_most);
  end case;
end $$;
--> statement-breakpoint
-- The customers of these ids, in the order of the ids: looked up by their key, all at once. The plan is kept, so it may not be the
-- reading of a table that was small once.
create or replace function customers_of(a_tenant text, a_ids text[]) returns customer[]
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  return array(select c from customer c where tenant = a_tenant and id = any(a_ids) order by array_position(a_ids, id));
end $$;
--> statement-breakpoint
-- What an address is the default for, as the API lists it.
create or replace function default_for(a_id text, a_shipping text, a_billing text) returns json
language sql immutable parallel safe as $$
  select case when a_id = a_shipping then case when a_id = a_billing then json '["shipping","billing"]' else json '["shipping"]' end
    when a_id = a_billing then json '["billing"]' else json '[]' end
$$;
--> statement-breakpoint
-- A page of the feed after a place in it (a_xact, a_id), after an event (a_after), or from the beginning: `data`, each as event_document
-- has it, and `next`, the place to go on from, null at the end. Of types it looks at 2000 events and may hold fewer than the limit
-- before the end. Nothing when the event is not kept.
create or replace function event_page(
  a_tenant text, a_after text, a_xact xid8, a_id text, a_type text[], a_customer text, a_limit int, out data text, out next json
) language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
declare
  from_xact xid8 := coalesce(a_xact, '0');
  from_id text := coalesce(a_id, '');
  ids text[];
  last_id text;
begin
  if a_after is not null then
    select xact, id into from_xact, from_id from event where tenant = a_tenant and id = a_after;
    if not found then return; end if;
  end if;
  select coalesce(json_agg(document) filter (where n <= a_limit), '[]'), array_agg(id) into data, ids from (
    select document, e.id, row_number() over () as n
    from events_after(a_tenant, a_customer, from_xact, from_id, case when a_type is null then a_limit + 1 else 2000 end) e
    cross join lateral (
      select e.id, e.type, iso(e.at) as timestamp, e.sequence, e.actor, e.request_id as "requestId", e.data) document
    where a_type is null or e.type = any(a_type) limit a_limit + 1) page;
  if cardinality(ids) > a_limit then
    last_id := ids[a_limit];
  elsif a_type is not null then
    select id into last_id from events_after(a_tenant, a_customer, from_xact, from_id, 2000) offset 1999;
  end if;
  select json_build_object('xact', xact::text, 'id', id) into next from event where tenant = a_tenant and id = last_id;
end $$;
--> statement-breakpoint
-- The events of a tenant, or of one customer, after a place in the feed, in its order, 2000 at most. It ends before the oldest
-- transaction that is still running. The plan is kept and may not sort: the index has the order, and nobody knows how many there are
-- before there are statistics. Those of one customer are found by it and sorted, which nothing but the fence makes sure of.
create or replace function events_after(a_tenant text, a_customer text, a_xact xid8, a_id text, a_most int) returns setof event
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan set enable_sort = off as $$
declare
  open_xact xid8 := pg_snapshot_xmin(pg_current_snapshot());
begin
  if a_customer is null then
    return query select * from (
      select * from event where tenant = a_tenant and (xact, id) > (a_xact, a_id) and xact < open_xact
      order by xact, id limit 2000) e limit a_most;
  else
    return query select * from (select * from event where tenant = a_tenant and customer_id = a_customer offset 0) e
      where (xact, id) > (a_xact, a_id) and xact < open_xact order by xact, id limit a_most;
  end if;
end $$;
--> statement-breakpoint
-- An address, unless the customer has the very same; that one stays as it is, but is vouched for from now on if this one is: then it may
-- be a default, and has another version. Returns the one that is there then. The customer is locked before, and the defaults are settled
-- after.
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
    on conflict (tenant, customer_id, sameness) do update set unproven = false, version = address.version + 1
      where address.unproven and not excluded.unproven
    returning * into it;
  if not found then
    select * into it from address
      where tenant = a_tenant and customer_id = a_customer and sameness = a_address ->> 'sameness';
  end if;
  return it;
end $$;
--> statement-breakpoint
-- What was spent per currency as the API lists it. Its text is rewritten, which takes a fifth of taking it apart and putting it together
-- again: jsonb orders keys and always spaces them alike, and there is nothing in it but currencies and numbers.
create or replace function spent_document(a_spent jsonb) returns json
language sql immutable parallel safe as $$
  select case when a_spent = '{}' then json '[]' else
    ('[{"currency":' || substr(rtrim(replace(replace(a_spent::text, ': {', ','), '}, ', '},{"currency":'), '}'), 2) || '}]')::json end
$$;
--> statement-breakpoint
drop function if exists customer_events_after(a_tenant text, a_customer text, a_xact xid8, a_id text, a_most int);
