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
