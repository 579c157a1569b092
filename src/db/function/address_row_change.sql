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
