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
