-- A customer with its addresses and memberships as they are, to be put back by an undo. Without its password.
-- May be null: nothing.
-- Never null.
create or replace function merge_image(it customer) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'customer', to_jsonb(it) - 'password_hash',
    'addresses', coalesce((
      select jsonb_agg(to_jsonb(a) order by a.id) from address a where a.tenant = it.tenant and a.customer_id = it.id), '[]'),
    'memberships', coalesce((
      select jsonb_agg(to_jsonb(m) order by m.group_key) from membership m
      where m.tenant = it.tenant and m.customer_id = it.id), '[]'))
$$;
