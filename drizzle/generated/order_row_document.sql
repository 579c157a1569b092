-- An order of the ledger as the API shows it, its fields in the order of the API.
create or replace function order_row_document(o "order") returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', o.id, 'customerId', o.customer_id, 'currency', o.currency, 'total', o.gross, 'refunded', o.refunded,
    'state', o.state, 'placedAt', iso(o.placed_at), 'version', o.version, 'recordedAt', iso(o.updated_at))
$$;
