-- What an event says of a changed address book: which address, what happened to it, as it is now; and who holds the defaults now,
-- which may be others than before. The last expressions have no query in them, which PL/pgSQL evaluates without starting an executor.
create or replace function address_row_change(c customer, a address, a_id text, a_action text) returns jsonb
language plpgsql stable parallel safe as $$
declare
  news jsonb := jsonb_build_object('action', a_action, 'id', a_id);
begin
  if a_action = 'changed' then
    news := news || jsonb_build_object('changed', (
      select jsonb_agg(field.key order by field.key) from jsonb_each(a.changed_at) field where field.value::int = a.version));
  end if;
  if a.id is not null then news := news || address_row_document(a, c.default_shipping_id, c.default_billing_id)::jsonb; end if;
  return jsonb_build_object('address', news,
    'defaultAddresses', jsonb_build_object('shipping', c.default_shipping_id, 'billing', c.default_billing_id));
end $$;
