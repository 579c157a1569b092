-- The customer as its events carry it: who it is and where it stands, without address book and metadata.
create or replace function customer_summary(a_customer customer) returns jsonb
language sql stable parallel safe as $$
  select jsonb_build_object(
    'id', a_customer.id,
    'externalId', a_customer.external_id,
    'email', a_customer.email,
    'firstName', a_customer.first_name,
    'lastName', a_customer.last_name,
    'phone', a_customer.phone,
    'locale', a_customer.locale,
    'status', a_customer.status,
    'emailVerified', a_customer.email_verified_at is not null,
    'groups', a_customer.group_keys,
    'version', a_customer.version,
    'createdAt', iso(a_customer.created_at),
    'updatedAt', iso(a_customer.updated_at))
$$;
