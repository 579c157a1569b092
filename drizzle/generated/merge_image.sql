-- The rows of a customer, its addresses and its memberships, which an undo restores. The password is left out.
-- SQL by hand: apply_merge stores whole rows, with all their columns.
-- May be null: nothing.
-- Never null.
create or replace function merge_image_ffc151c4(a_customer customer) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'customer', to_jsonb(a_customer) - 'password_hash',
    'addresses', coalesce((
      select jsonb_agg(to_jsonb(a) order by a.id) from address a where a.tenant = a_customer.tenant and a.customer_id = a_customer.id), '[]'),
    'memberships', coalesce((
      select jsonb_agg(to_jsonb(m) order by m.group_key) from membership m
      where m.tenant = a_customer.tenant and m.customer_id = a_customer.id), '[]'))
$$;
