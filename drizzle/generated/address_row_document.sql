-- An address as the API shows it; which defaults it holds is the customer's to say.
create or replace function address_row_document(a address, a_shipping text, a_billing text) returns json
language sql stable parallel safe as $$
  select json_build_object(
    'id', a.id, 'label', a.label, 'firstName', a.first_name, 'lastName', a.last_name, 'company', a.company,
    'line1', a.line1, 'line2', a.line2, 'city', a.city, 'state', a.state, 'postalCode', a.postal_code,
    'country', a.country, 'phone', a.phone,
    'isDefault', a.id is not distinct from a_shipping,
    'defaultFor', default_for(a.id, a_shipping, a_billing))
$$;
