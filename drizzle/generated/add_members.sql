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
