-- A customer's row with its addresses, its fields in the order of the API. The currency is the tenant's. The last expression has
-- no query in it, which PL/pgSQL evaluates without starting an executor.
create or replace function customer_row_document(it customer, a_currency text) returns json
language plpgsql stable parallel safe as $$
declare
  addresses json;
begin
  select json_agg(address_row_document(a, it.default_shipping_id, it.default_billing_id) order by a.created_at, a.id) into addresses
    from address a where a.tenant = it.tenant and a.customer_id = it.id;
  return json_build_object(
    'id', it.id, 'externalId', it.external_id, 'email', it.email,
    'firstName', it.first_name, 'lastName', it.last_name, 'phone', it.phone, 'locale', it.locale,
    'status', it.status, 'emailVerified', it.email_verified_at is not null,
    'addresses', coalesce(addresses, '[]'),
    'groups', it.group_keys, 'metadata', it.metadata,
    'orderCount', it.order_count, 'totalSpent', it.total_spent, 'currency', a_currency,
    'spent', spent_document(it.spent),
    'lastOrderAt', iso(it.last_order_at), 'createdAt', iso(it.created_at), 'updatedAt', iso(it.updated_at));
end $$;
