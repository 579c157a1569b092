-- What an address is the default for, as the API lists it.
create or replace function default_for(a_id text, a_shipping text, a_billing text) returns json
language sql immutable parallel safe as $$
  select case when a_id = a_shipping then case when a_id = a_billing then json '["shipping","billing"]' else json '["shipping"]' end
    when a_id = a_billing then json '["billing"]' else json '[]' end
$$;
