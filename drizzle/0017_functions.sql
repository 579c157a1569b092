set check_function_bodies = off;
--> statement-breakpoint
drop function if exists customer_documents(a_tenant text, a_ids text[], a_currency text);
--> statement-breakpoint
drop function if exists customer_walk(a_tenant text, a_order text, a_key text, a_id text, a_most int);
--> statement-breakpoint
-- Several customers, each as customer_row_document has it. In one query that is planned once: for a page that takes half the time of
-- a call for each. Each document is made of a row, whose columns have their names and types once and for all. Addresses come in the
-- order of their index, which is that of time.
create or replace function customer_documents(a_customers customer[], a_currency text) returns json
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
begin
  return (
    select coalesce(json_agg(row_to_json(document)), '[]')
    from unnest(a_customers) it
    cross join lateral (
      select it.id, it.external_id as "externalId", it.email,
        it.first_name as "firstName", it.last_name as "lastName", it.phone, it.locale,
        it.status, it.email_verified_at is not null as "emailVerified",
        array(select row_to_json(address) from (
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
-- The customers of these ids, in the order of the ids. They are looked up by their key, all at once; that no statistics can mislead the
-- plan, which is kept.
create or replace function customers_of(a_tenant text, a_ids text[]) returns customer[]
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  return array(select c from customer c where tenant = a_tenant and id = any(a_ids) order by array_position(a_ids, id));
end $$;
