-- The fields of a customer that a merge may fill.
create or replace function profile_document(it customer) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_build_object('externalId', it.external_id, 'firstName', it.first_name, 'lastName', it.last_name,
    'phone', it.phone, 'locale', it.locale)
$$;
