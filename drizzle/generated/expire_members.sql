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
