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
